import { expect, test } from 'vitest';
import { runStoreCases, storeCases } from '../src/index.ts';
import { addsFirst, consumesFirst, goesOnWithout, openFailing, opensFirst } from './wrong/half-written.ts';

const cases = storeCases.filter(({ requires }) => requires.includes('event-failures'));

const INSERTIONS = ['clients.insert.all-or-nothing-the-first', 'clients.insert.all-or-nothing-unasked'];
const EXCHANGE = ['codes.exchange.all-or-nothing'];

test.each([
  ['add a client before its events', addsFirst, INSERTIONS],
  ['add a client without its events', goesOnWithout, INSERTIONS],
  ['open a grant before its events', opensFirst, EXCHANGE],
  ['consume a code before its grant and its events', consumesFirst, EXCHANGE],
])('stores that %s are caught', async (_, flaw, ids) => {
  const outcomes = await runStoreCases({ open: async () => openFailing(flaw) }, cases);
  const failed = outcomes.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id);
  expect(failed.toSorted()).toEqual(ids);
});

test('stores that fail before they write anything are right', async () => {
  const outcomes = await runStoreCases({ open: async () => openFailing() }, cases);
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['passed', 'passed', 'passed']);
});
