import { openBare } from './support/bare.ts';
import { everyTable } from './tables/all.ts';

everyTable(openBare);
