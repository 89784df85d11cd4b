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
import { assertOver, GRACE, grantOf, LIFETIME, openFamily, rotateThrough, rotation } from './family.ts';

const named = (prefix: string): readonly string[] => times(RACERS, (number) => `${prefix}-${number}`);

const RACES: readonly Race[] = [
  {
    id: 'grants.rotate.against-end',
    title: 'nothing of a grant is valid after its end, whatever rotates',
    heat: (realm) => ({
      prepare: ({ grants }) => openFamily(grants, { realm, id: 'one' }),
      calls: mixed(
        (number) => call('grants', 'rotate', rotation('r1', `r2-${number}`, NOW, realm)),
        () => call('grants', 'end', realm, 'one', NOW),
      ),
      judge: async (answers, { grants }) => {
        const { something: ended, rotated = 0, replayed } = tally(answers);
        assert.deepStrictEqual({ ended, replayed }, { ended: 1, replayed: undefined });
        assert.ok(rotated <= 1, `${rotated} of them rotated`);
        await assertOver(grants, ['r1', ...named('r2')], { realm, id: 'one' });
      },
    }),
  },
  {
    id: 'grants.open.against-end',
    title: 'a grant is opened once and ended once, in this order',
    heat: (realm) => ({
      prepare: ({ grants }) => grants.insert(grant({ realm, key: 'one' })),
      calls: mixed(
        (number) => {
          const token = { hash: `r1-${number}`, expiresAt: NOW + LIFETIME };
          return call('grants', 'open', { realm, id: 'one', at: NOW, expiresAt: NOW + LIFETIME, token });
        },
        () => call('grants', 'end', realm, 'one', NOW),
      ),
      judge: async (answers, { grants }) => {
        const last = await grants.end(realm, 'one', NOW);
        const { opened } = tally(answers);
        assert.deepStrictEqual({ opened }, { opened: 1 });
        const ended = [...answers, last].filter((answer) => typeof answer === 'object');
        assert.deepStrictEqual(ended, [grantOf({ realm, id: 'one' })]);
        await assertOver(grants, named('r1'), { realm, id: 'one' });
      },
    }),
  },
  {
    id: 'grants.rotate.replay-against-successor',
    title: 'after a replay nothing of the family is valid, whatever uses the newest token',
    heat: (realm) => ({
      prepare: async ({ grants }) => {
        await openFamily(grants, { realm, id: 'one' });
        await rotateThrough(grants, ['r1', 'r2', 'r3'], realm);
      },
      calls: mixed(
        (number) => call('grants', 'rotate', rotation('r1', `x-${number}`, NOW + GRACE, realm)),
        (number) => call('grants', 'rotate', rotation('r3', `r4-${number}`, NOW + GRACE, realm)),
      ),
      judge: async (answers, { grants }) => {
        const { replayed, rotated = 0 } = tally(answers);
        assert.deepStrictEqual({ replayed }, { replayed: 1 });
        assert.ok(rotated <= 1, `${rotated} of them rotated`);
        await assertOver(grants, ['r1', 'r2', 'r3', ...named('x'), ...named('r4')], { realm, id: 'one' });
      },
    }),
  },
  {
    id: 'grants.rotate.repeat-against-successor',
    title: 'a family never forks, while one token is repeated and its successor used',
    heat: (realm) => ({
      prepare: async ({ grants }) => {
        await openFamily(grants, { realm, id: 'one' });
        await rotateThrough(grants, ['r1', 'r2'], realm);
      },
      calls: mixed(
        (number) => call('grants', 'rotate', rotation('r1', `x-${number}`, NOW, realm)),
        (number) => call('grants', 'rotate', rotation('r2', `r3-${number}`, NOW, realm)),
      ),
      judge: async (answers, { grants }) => {
        assert.deepStrictEqual(tally(answers), { rotated: 1, repeated: RACERS - 1 });
        const known = [];
        for (const hash of [...named('x'), ...named('r3')]) {
          if ((await grants.findByRefreshToken(realm, hash)) !== undefined) known.push(hash);
        }
        assert.equal(known.length, 1, `${known.join(', ')} are known`);
        assert.ok(
          known.every((hash) => hash.startsWith('r3')),
          `${known.join(', ')} forked off`,
        );
      },
    }),
  },
];

export const grantMixedRaceCases: readonly StoreCase[] = RACES.flatMap(raceCases);
