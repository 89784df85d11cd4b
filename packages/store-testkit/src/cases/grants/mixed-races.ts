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
import {
  assertOver,
  GRACE,
  grantOf,
  LIFETIME,
  openFamily,
  rotateThrough,
  rotation,
  ROTATED,
  withSecret,
} from './family.ts';

const named = (prefix: string): readonly string[] => times(RACERS, (number) => `${prefix}-${number}`);

const RACES: readonly Race[] = [
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
];

/** The seed in the answer to a repetition. */
const seedOf = (answer: unknown): readonly string[] =>
  typeof answer === 'object' && answer !== null && 'seed' in answer ? [String(answer.seed)] : [];

/** Races of tokens with and without the secret of a family. */
const rotationRaces = (secret: string | undefined): readonly Race[] => [
  {
    id: `grants.rotate.against-end${secret === undefined ? '' : '.in-a-family'}`,
    title: `nothing of a grant is valid after its end, whatever rotates${withSecret(secret)}`,
    heat: (realm) => ({
      prepare: ({ grants }) => openFamily(grants, { realm, id: 'one' }, 'r1', secret),
      calls: mixed(
        (number) => call('grants', 'rotate', rotation('r1', `r2-${number}`, NOW, realm, secret)),
        () => call('grants', 'end', realm, 'one', NOW),
      ),
      judge: async (answers, { grants }) => {
        const { something: ended, rotated = 0, replayed } = tally(answers);
        assert.deepStrictEqual({ ended, replayed }, { ended: 1, replayed: undefined });
        assert.ok(rotated <= 1, `${rotated} of them rotated`);
        await assertOver(grants, ['r1', ...named('r2')], { realm, id: 'one' }, secret);
      },
    }),
  },
  {
    id: `grants.rotate.replay-against-successor${secret === undefined ? '' : '.in-a-family'}`,
    title: `after a replay nothing of the family is valid, whatever uses the newest token${withSecret(secret)}`,
    heat: (realm) => ({
      prepare: async ({ grants }) => {
        await openFamily(grants, { realm, id: 'one' }, 'r1', secret);
        await rotateThrough(grants, ['r1', 'r2', 'r3'], realm, secret);
      },
      calls: mixed(
        (number) => call('grants', 'rotate', rotation('r1', `x-${number}`, NOW + GRACE, realm, secret)),
        (number) => call('grants', 'rotate', rotation('r3', `r4-${number}`, NOW + GRACE, realm, secret)),
      ),
      judge: async (answers, { grants }) => {
        const { replayed, rotated = 0 } = tally(answers);
        assert.deepStrictEqual({ replayed }, { replayed: 1 });
        assert.ok(rotated <= 1, `${rotated} of them rotated`);
        await assertOver(
          grants,
          ['r1', 'r2', 'r3', ...named('x'), ...named('r4')],
          { realm, id: 'one' },
          secret,
        );
      },
    }),
  },
  {
    id: `grants.rotate.repeat-against-successor${secret === undefined ? '' : '.in-a-family'}`,
    title: `a family never forks, while one token is repeated and its successor used${withSecret(secret)}`,
    heat: (realm) => ({
      prepare: async ({ grants }) => {
        await openFamily(grants, { realm, id: 'one' }, 'r1', secret);
        await rotateThrough(grants, ['r1', 'r2'], realm, secret);
      },
      calls: mixed(
        (number) => call('grants', 'rotate', rotation('r1', `x-${number}`, NOW, realm, secret)),
        (number) => call('grants', 'rotate', rotation('r2', `r3-${number}`, NOW, realm, secret)),
      ),
      judge: async (answers, { grants }) => {
        assert.deepStrictEqual(tally(answers), { rotated: 1, repeated: RACERS - 1 });
        const [first, second, ...others] = [...new Set(answers.flatMap(seedOf))].toSorted();
        assert.deepStrictEqual([first, ...others], ['seed-of-r2']);
        const newest = second?.replace('seed-of-', '') ?? '';
        const known = [];
        const superseded = new Set([...named('x'), ...named('r3')]);
        superseded.delete(newest);
        for (const hash of superseded) {
          if ((await grants.findByRefreshToken(realm, hash)) !== undefined) known.push(hash);
        }
        assert.deepStrictEqual(known, []);
        assert.deepStrictEqual(await grants.rotate(rotation(newest, 'r4', NOW, realm, secret)), ROTATED);
      },
    }),
  },
];

export const grantMixedRaceCases: readonly StoreCase[] = [
  ...RACES,
  ...rotationRaces(undefined),
  ...rotationRaces('family'),
].flatMap(raceCases);
