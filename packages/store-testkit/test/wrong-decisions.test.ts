import { expect, test } from 'vitest';
import {
  decidesFirst,
  findsOpened,
  forgetsGrant,
  givesHashes,
  grantsAnyway,
} from './wrong/decided-grants.ts';
import { failuresOf, wrong } from './wrong/failures.ts';

test.each([
  ['makes a decision without its grant', forgetsGrant, ['interactions.decide.grants']],
  ['grants what was not decided', grantsAnyway, ['interactions.decide.grants-nothing']],
  ['decides although the grant cannot be added', decidesFirst, ['interactions.decide.all-or-nothing']],
  ['finds an opened grant as unopened', findsOpened, ['grants.findUnopened.opened']],
  ['gives a person without a password one', givesHashes, ['people.replacePasswordHash.without-password']],
])('a store that %s fails the kit', async (_, flaw, ids) => {
  expect(await failuresOf(wrong(flaw))).toEqual(expect.arrayContaining(ids));
});
