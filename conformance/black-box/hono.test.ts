import { openHono } from '../registration/support/adapters.ts';
import { everyCase } from './every-case.ts';
import { servedAt } from './place.ts';

everyCase(servedAt(openHono));
