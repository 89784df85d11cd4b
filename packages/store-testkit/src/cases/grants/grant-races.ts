import { strict as assert } from 'node:assert';
import { tally } from '../../check/tally.ts';
import { times } from '../../check/times.ts';
import type { StoreCase } from '../../harness/case.ts';
import { call } from '../../race/call.ts';
import { raceCases } from '../../race/race-cases.ts';
import { RACERS, type Race } from '../../race/race.ts';
import { grant } from '../../sample/grant.ts';
import { NOW } from '../../sample/time.ts';
import { grantOf, INVALID, LIFETIME, openFamily, repeated, rotation, ROTATED, withSecret } from './family.ts';

const RACES: readonly Race[] = [
  {
    id: 'grants.open.once-of-20',
    title: 'exactly one opens the grant, and only its token is known',
    heat: (realm) => {
      const hashes = times(RACERS, (number) => `r1-${number}`);
      const expiresAt = NOW + LIFETIME;
      const opening = { realm, id: 'one', at: NOW, expiresAt };
      return {
        prepare: ({ grants }) => grants.insert(grant({ realm, key: 'one' })),
        calls: hashes.map((hash) => call('grants', 'open', { ...opening, token: { hash, expiresAt } })),
        judge: async (answers, { grants }) => {
          assert.deepStrictEqual(tally(answers), { opened: 1, 'already-open': RACERS - 1 });
          for (const [i, hash] of hashes.entries()) {
            const expected = answers[i] === 'opened' ? grantOf({ realm, id: 'one' }) : undefined;
            assert.deepStrictEqual(await grants.findByRefreshToken(realm, hash), expected);
          }
        },
      };
    },
  },
  rotateOnce(undefined),
  rotateOnce('family'),
  {
    id: 'grants.end.once-of-20',
    title: 'exactly one ends the grant',
    heat: (realm) => ({
      prepare: ({ grants }) => openFamily(grants, { realm, id: 'one' }),
      calls: times(RACERS, (number) => call('grants', 'end', realm, 'one', NOW + number)),
      judge: async (answers, { grants }) => {
        assert.deepStrictEqual(tally(answers), { something: 1, undefined: RACERS - 1 });
        const ended = answers.filter((answer) => answer !== undefined);
        assert.deepStrictEqual(ended, [grantOf({ realm, id: 'one' })]);
        assert.equal(await grants.findByRefreshToken(realm, 'r1'), undefined);
      },
    }),
  },
];

export const grantRaceCases: readonly StoreCase[] = RACES.flatMap(raceCases);

/** @param secret the hash of the family secret that the tokens have */
function rotateOnce(secret: string | undefined): Race {
  return {
    id: `grants.rotate.once-of-20${secret === undefined ? '' : '.in-a-family'}`,
    title: `exactly one rotates, the others get its seed, and one successor exists${withSecret(secret)}`,
    heat: (realm) => {
      const hashes = times(RACERS, (number) => `r2-${number}`);
      return {
        prepare: ({ grants }) => openFamily(grants, { realm, id: 'one' }, 'r1', secret),
        calls: hashes.map((hash) => call('grants', 'rotate', rotation('r1', hash, NOW, realm, secret))),
        judge: async (answers, { grants }) => {
          assert.deepStrictEqual(tally(answers), { rotated: 1, repeated: RACERS - 1 });
          const winner = answers.findIndex((answer) => tally([answer])['rotated'] === 1);
          for (const [i, hash] of hashes.entries()) {
            if (i === winner) continue;
            assert.deepStrictEqual(answers[i], repeated(hashes[winner] ?? ''));
            assert.deepStrictEqual(await grants.rotate(rotation(hash, 'x', NOW, realm)), INVALID);
          }
          assert.deepStrictEqual(
            await grants.rotate(rotation(hashes[winner] ?? '', 'r3', NOW, realm, secret)),
            ROTATED,
          );
        },
      };
    },
  };
}
