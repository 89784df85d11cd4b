import { strict as assert } from 'node:assert';
import type { LeaseStore } from '@vestibule/core';
import { tally } from '../../check/tally.ts';
import { times } from '../../check/times.ts';
import type { StoreCase } from '../../harness/case.ts';
import { call } from '../../race/call.ts';
import { raceCases } from '../../race/race-cases.ts';
import { mixed } from '../../race/mixed.ts';
import { RACERS, type Race } from '../../race/race.ts';
import { MINUTE, NOW } from '../../sample/time.ts';

const UNTIL = NOW + MINUTE;
const holder = (number: number): string => `holder-${number}`;

/** Asserts that one holder has a lease: it can renew it, and no other can take it. */
async function assertHeldBy(leases: LeaseStore, name: string, expected: string): Promise<void> {
  assert.equal(await leases.take(name, 'nobody', UNTIL - 1, UNTIL), false);
  assert.equal(await leases.take(name, expected, UNTIL - 1, UNTIL), true);
}

const takeOfEach = (name: string) =>
  times(RACERS, (number) => call('leases', 'take', name, holder(number), NOW, UNTIL));

const RACES: readonly Race[] = [
  {
    id: 'leases.take.once-of-20',
    title: 'exactly one gets the lease',
    heat: (name) => ({
      calls: takeOfEach(name),
      judge: async (answers, { leases }) => {
        assert.deepStrictEqual(tally(answers), { true: 1, false: RACERS - 1 });
        await assertHeldBy(leases, name, holder(answers.indexOf(true)));
      },
    }),
  },
  {
    id: 'leases.take.expired-once-of-20',
    title: 'exactly one gets the lease when it expires',
    heat: (name) => ({
      prepare: ({ leases }) => leases.take(name, 'before', NOW - MINUTE, NOW),
      calls: takeOfEach(name),
      judge: async (answers, { leases }) => {
        assert.deepStrictEqual(tally(answers), { true: 1, false: RACERS - 1 });
        await assertHeldBy(leases, name, holder(answers.indexOf(true)));
      },
    }),
  },
  {
    id: 'leases.take.renewal-against-others',
    title: 'the holder keeps the lease, whatever others do',
    heat: (name) => ({
      prepare: ({ leases }) => leases.take(name, 'before', NOW - MINUTE, NOW + 1),
      calls: mixed(
        () => call('leases', 'take', name, 'before', NOW, UNTIL),
        (number) => call('leases', 'take', name, holder(number), NOW, UNTIL),
      ),
      judge: async (answers, { leases }) => {
        const isRenewal = (number: number): boolean => number % 4 < 2;
        assert.deepStrictEqual(
          answers,
          times(RACERS, (number) => isRenewal(number)),
        );
        await assertHeldBy(leases, name, 'before');
      },
    }),
  },
  {
    id: 'leases.release.against-take',
    title: 'a released lease goes to one other at most',
    heat: (name) => ({
      prepare: ({ leases }) => leases.take(name, 'before', NOW - MINUTE, UNTIL),
      calls: mixed(
        () => call('leases', 'release', name, 'before'),
        (number) => call('leases', 'take', name, holder(number), NOW, UNTIL),
      ),
      judge: async (answers, { leases }) => {
        const { true: taken = 0 } = tally(answers);
        assert.ok(taken <= 1, `${taken} of them have the lease`);
        if (taken === 1) await assertHeldBy(leases, name, holder(answers.indexOf(true)));
        else assert.equal(await leases.take(name, 'next', NOW, UNTIL), true);
      },
    }),
  },
];

export const leaseRaceCases: readonly StoreCase[] = RACES.flatMap(raceCases);
