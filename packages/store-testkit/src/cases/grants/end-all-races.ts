import { strict as assert } from 'node:assert';
import { tally } from '../../check/tally.ts';
import { times } from '../../check/times.ts';
import type { StoreCase } from '../../harness/case.ts';
import { call } from '../../race/call.ts';
import { raceCases } from '../../race/race-cases.ts';
import { mixed } from '../../race/mixed.ts';
import { RACERS, type Race } from '../../race/race.ts';
import { grant } from '../../sample/grant.ts';
import { NOW } from '../../sample/time.ts';
import { assertOver, LIFETIME, openFamily, rotation } from './family.ts';

const endAll = (realm: string) => call('grants', 'endAll', realm, 'notes', NOW);

/** The number of grants that these results report as ended, as counts or as grants. */
const endedBy = (answers: readonly unknown[]): number =>
  answers.reduce<number>(
    (sum, answer) => sum + (typeof answer === 'number' ? answer : (tally([answer])['something'] ?? 0)),
    0,
  );

const RACES: readonly Race[] = [
  {
    id: 'grants.endAll.counts-of-20',
    title: 'every grant ends and is counted once',
    heat: (realm) => ({
      prepare: async ({ grants }) => {
        for (const id of ['one', 'two', 'three']) await openFamily(grants, { realm, id }, `r1-${id}`);
        for (const id of ['four', 'five']) await grants.insert(grant({ realm, key: id }));
      },
      calls: times(RACERS, () => endAll(realm)),
      judge: async (answers, { grants }) => {
        assert.equal(endedBy(answers), 5);
        for (const id of ['one', 'two', 'three']) await assertOver(grants, [`r1-${id}`], { realm, id });
        assert.equal(await grants.endAll(realm, 'notes', NOW), 0);
      },
    }),
  },
  {
    id: 'grants.endAll.against-end',
    title: 'the grant ends once, individually or with all of them',
    heat: (realm) => ({
      prepare: ({ grants }) => openFamily(grants, { realm, id: 'one' }),
      calls: mixed(
        () => endAll(realm),
        () => call('grants', 'end', realm, 'one', NOW),
      ),
      judge: async (answers, { grants }) => {
        assert.equal(endedBy(answers), 1);
        await assertOver(grants, ['r1'], { realm, id: 'one' });
      },
    }),
  },
  {
    id: 'grants.endAll.against-rotate',
    title: 'nothing of a client is valid after all its grants have ended, whatever rotates',
    heat: (realm) => ({
      prepare: ({ grants }) => openFamily(grants, { realm, id: 'one' }),
      calls: mixed(
        (number) => call('grants', 'rotate', rotation('r1', `r2-${number}`, NOW, realm)),
        () => endAll(realm),
      ),
      judge: async (answers, { grants }) => {
        const { rotated = 0, replayed = 0 } = tally(answers);
        assert.ok(rotated <= 1 && replayed === 0, `${rotated} of them rotated, ${replayed} were replays`);
        assert.equal(endedBy(answers), 1);
        const successors = times(RACERS, (number) => `r2-${number}`);
        await assertOver(grants, ['r1', ...successors], { realm, id: 'one' });
      },
    }),
  },
  {
    id: 'grants.endAll.against-open',
    title: 'a grant that ended with all of them stays ended, whatever opens it',
    heat: (realm) => ({
      prepare: ({ grants }) => grants.insert(grant({ realm, key: 'one' })),
      calls: mixed(
        (number) => {
          const token = { hash: `r1-${number}`, expiresAt: NOW + LIFETIME };
          return call('grants', 'open', { realm, id: 'one', at: NOW, expiresAt: NOW + LIFETIME, token });
        },
        () => endAll(realm),
      ),
      judge: async (answers, { grants }) => {
        const { opened = 0, missing = 0 } = tally(answers);
        assert.ok(opened <= 1 && missing === 0, `${opened} of them opened it, ${missing} missed it`);
        assert.equal(endedBy(answers), 1);
        const hashes = times(RACERS, (number) => `r1-${number}`);
        await assertOver(grants, hashes, { realm, id: 'one' });
      },
    }),
  },
];

export const endAllRaceCases: readonly StoreCase[] = RACES.flatMap(raceCases);
