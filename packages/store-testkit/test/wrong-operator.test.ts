import type { Stores } from '@vestibule/server';
import { expect, test } from 'vitest';
import { failuresOf, nounsOf, wrong } from './wrong/failures.ts';
import { byOffset } from './wrong/lists.ts';
import {
  listsExpiredOfClient,
  marksNothing,
  removesAgain,
  removesEverywhere,
  replacesAnyPerson,
  replacesNobody,
  signsNobodyOut,
  signsOutEverywhere,
} from './wrong/operator.ts';

test.each<[flaw: string, noun: string, change: (stores: Stores) => Partial<Stores>, id: string]>([
  [
    'lists people by offset',
    'people',
    ({ people }) => ({ people: { ...people, list: byOffset(people.list) } }),
    'people.list.stays-true',
  ],
  [
    'replaces any person',
    'people',
    ({ people }) => ({ people: replacesAnyPerson(people) }),
    'people.replace.stale',
  ],
  [
    'replaces nobody',
    'people',
    ({ people }) => ({ people: replacesNobody(people) }),
    'people.replace.replaces',
  ],
  [
    'removes people everywhere',
    'people',
    ({ people }) => ({ people: removesEverywhere(people) }),
    'people.remove.removes',
  ],
  [
    'removes people again',
    'people',
    ({ people }) => ({ people: removesAgain(people) }),
    'people.remove.removes',
  ],
  [
    'signs people out in every realm',
    'sessions',
    ({ sessions }) => ({ sessions: signsOutEverywhere(sessions) }),
    'sessions.deleteOf.one-person',
  ],
  [
    'signs nobody out',
    'sessions',
    ({ sessions }) => ({ sessions: signsNobodyOut(sessions) }),
    'sessions.deleteOf.one-person',
  ],
  [
    'does not mark unopened grants of a client',
    'grants',
    ({ grants }) => ({ grants: marksNothing(grants) }),
    'grants.listOfClient.standing',
  ],
  [
    'lists expired grants of a client',
    'grants',
    ({ grants }) => ({ grants: listsExpiredOfClient(grants) }),
    'grants.listOfClient.standing',
  ],
])('a store that %s is caught by its cases for %s', async (_, noun, change, id) => {
  const failures = await failuresOf(wrong(change));
  expect(failures).toContain(id);
  expect(nounsOf(failures)).toEqual([noun]);
});
