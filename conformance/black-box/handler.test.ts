import { openBare } from '../registration/support/bare.ts';
import { everyCase } from './every-case.ts';
import { servedAt } from './place.ts';

everyCase(servedAt(openBare));
