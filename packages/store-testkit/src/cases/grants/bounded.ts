import { strict as assert } from 'node:assert';
import type { GrantStore } from '@vestibule/server';
import { storeCase, type StoreCase } from '../../harness/case.ts';
import { DAY, NOW } from '../../sample/time.ts';
import {
  assertOver,
  familyRotation,
  GRACE,
  grantOf,
  INVALID,
  LIFETIME,
  MAIN,
  openFamily,
  REPLAYED,
  repeated,
  rotateThrough,
  rotation,
  ROTATED,
} from './family.ts';

export const boundedFamilyCases: readonly StoreCase[] = [
  storeCase(
    'grants.family.three-tokens',
    'of a family with a secret the newest token and the two before it are recognized, and no others',
    async ({ grants }) => {
      await openThrough(grants, ['r2', 'r3', 'r4', 'r5', 'r6', 'r7']);
      assert.deepStrictEqual(await grants.rotate(familyRotation('r5', 'x')), repeated('r6'));
      assert.deepStrictEqual(await grants.rotate(familyRotation('r6', 'x')), repeated('r7'));
      assert.deepStrictEqual(await grants.rotate(familyRotation('r4', 'x')), REPLAYED);
    },
  ),
  storeCase(
    'grants.family.found',
    'a token that is no longer stored is found by the secret of its family, until the grant ends',
    async ({ grants }) => {
      await openThrough(grants, ['r2', 'r3', 'r4', 'r5']);
      assert.deepStrictEqual(await grants.findByRefreshToken('main', 'r1', 'family'), grantOf(MAIN));
      for (const [realm, secret] of [
        ['main', 'stranger'],
        ['other', 'family'],
      ] as const) {
        assert.equal(await grants.findByRefreshToken(realm, 'r1', secret), undefined);
      }
      await grants.end('main', 'one', NOW);
      assert.equal(await grants.findByRefreshToken('main', 'r1', 'family'), undefined);
      assert.equal(await grants.findByRefreshToken('main', 'r5', 'family'), undefined);
    },
  ),
  ...(['r1', 'r2', 'never-issued'] as const).map((hash) =>
    storeCase(
      `grants.family.replay-of-${hash}`,
      `a token with the secret of a family that is not stored is a replay: ${hash}`,
      async ({ grants }) => {
        const all = await openThrough(grants, ['r2', 'r3', 'r4', 'r5']);
        assert.deepStrictEqual(await grants.rotate(familyRotation(hash, 'x')), REPLAYED);
        assert.deepStrictEqual(await grants.rotate(familyRotation('r5', 'x')), INVALID);
        await assertOver(grants, [...all, 'x'], MAIN, 'family');
      },
    ),
  ),
  storeCase(
    'grants.family.unknown-secret',
    'a token with the secret of another family, realm or none ends nothing',
    async ({ grants }) => {
      await openThrough(grants, ['r2', 'r3', 'r4', 'r5']);
      assert.deepStrictEqual(await grants.rotate(familyRotation('r1', 'x', NOW, 'stranger')), INVALID);
      assert.deepStrictEqual(await grants.rotate(rotation('r1', 'x')), INVALID);
      const elsewhere = { ...familyRotation('r1', 'x'), realm: 'other' };
      assert.deepStrictEqual(await grants.rotate(elsewhere), INVALID);
      assert.deepStrictEqual(await grants.rotate(familyRotation('r5', 'r6')), ROTATED);
    },
  ),
  storeCase(
    'grants.family.one-alone',
    'a family with a secret leaves the tokens of the others alone',
    async ({ grants }) => {
      const other = { ...MAIN, id: 'two' };
      await openFamily(grants, other, 's1', 'second');
      assert.deepStrictEqual(await grants.rotate(familyRotation('s1', 's2', NOW, 'second')), ROTATED);
      assert.deepStrictEqual(await grants.rotate(familyRotation('s2', 's3', NOW, 'second')), ROTATED);
      await openThrough(grants, ['r2', 'r3', 'r4', 'r5']);
      for (const hash of ['s1', 's2', 's3']) {
        assert.deepStrictEqual(await grants.findByRefreshToken('main', hash, 'second'), grantOf(other));
      }
      assert.deepStrictEqual(await grants.rotate(familyRotation('r1', 'x')), REPLAYED);
      assert.deepStrictEqual(await grants.rotate(familyRotation('s3', 's4', NOW, 'second')), ROTATED);
    },
  ),
  storeCase('grants.family.repeats', 'repeating stores nothing and deletes nothing', async ({ grants }) => {
    await openThrough(grants, ['r2', 'r3', 'r4']);
    for (const next of ['x', 'y', 'r4']) {
      assert.deepStrictEqual(await grants.rotate(familyRotation('r3', next, NOW + DAY)), repeated('r4'));
    }
    assert.deepStrictEqual(await grants.rotate(familyRotation('r2', 'x', NOW + GRACE - 1)), repeated('r3'));
    assert.equal(await grants.findByRefreshToken('main', 'x'), undefined);
    assert.deepStrictEqual(await grants.rotate(familyRotation('r4', 'r5')), ROTATED);
  }),
  storeCase(
    'grants.family.converts',
    'tokens without a secret still work, and their successors have one',
    async ({ grants }) => {
      await openFamily(grants);
      await rotateThrough(grants, ['r1', 'r2']);
      assert.deepStrictEqual(await grants.rotate(converting('r2', 'r3')), ROTATED);
      assert.deepStrictEqual(await grants.rotate(converting('r2', 'x', NOW + DAY)), repeated('r3'));
      for (const [presented, next] of pairs(['r3', 'r4', 'r5', 'r6'])) {
        assert.deepStrictEqual(await grants.rotate(familyRotation(presented, next)), ROTATED);
      }
      for (const hash of ['r1', 'r2']) {
        assert.deepStrictEqual(await grants.findByRefreshToken('main', hash), grantOf(MAIN));
      }
      assert.deepStrictEqual(await grants.findByRefreshToken('main', 'r6', 'family'), grantOf(MAIN));
      assert.deepStrictEqual(await grants.rotate(familyRotation('r3', 'x')), REPLAYED);
    },
  ),
  storeCase(
    'grants.family.converts-in-its-grace',
    'a token without a secret returns its successor in the grace, as long as that is stored',
    async ({ grants }) => {
      await openFamily(grants);
      assert.deepStrictEqual(await grants.rotate(converting('r1', 'r2')), ROTATED);
      for (const [presented, next] of pairs(['r2', 'r3', 'r4'])) {
        assert.deepStrictEqual(await grants.rotate(familyRotation(presented, next)), ROTATED);
        assert.deepStrictEqual(await grants.rotate(converting('r1', 'x', NOW + GRACE - 1)), repeated('r2'));
      }
      assert.deepStrictEqual(await grants.rotate(familyRotation('r4', 'r5')), ROTATED);
      assert.deepStrictEqual(await grants.rotate(converting('r1', 'x', NOW + GRACE - 1)), REPLAYED);
    },
  ),
  ...(['r1', 'r2'] as const).map((hash) =>
    storeCase(
      `grants.family.replay-of-${hash}-before-the-secret`,
      `a token without a secret is a replay once its family has gone on: ${hash}`,
      async ({ grants }) => {
        await openFamily(grants);
        await rotateThrough(grants, ['r1', 'r2']);
        await grants.rotate(converting('r2', 'r3'));
        for (const [presented, next] of pairs(['r3', 'r4', 'r5', 'r6'])) {
          assert.deepStrictEqual(await grants.rotate(familyRotation(presented, next)), ROTATED);
        }
        assert.deepStrictEqual(await grants.rotate(converting(hash, 'x', NOW + GRACE)), REPLAYED);
        await assertOver(grants, ['r1', 'r2', 'x']);
        await assertOver(grants, ['r6'], MAIN, 'family');
      },
    ),
  ),
  storeCase('grants.family.expired', 'a token of an expired family is never a replay', async ({ grants }) => {
    await openThrough(grants, ['r2', 'r3', 'r4', 'r5']);
    assert.deepStrictEqual(await grants.rotate(familyRotation('r1', 'x', NOW + LIFETIME)), INVALID);
    assert.notEqual(await grants.end('main', 'one', NOW), undefined);
  }),
];

/** Opens a family with a secret and rotates its tokens; returns the hashes of all of them. */
async function openThrough(grants: GrantStore, following: readonly string[]): Promise<readonly string[]> {
  const hashes = ['r1', ...following];
  await openFamily(grants, MAIN, 'r1', 'family');
  for (const [presented, next] of pairs(hashes)) {
    assert.deepStrictEqual(await grants.rotate(familyRotation(presented, next)), ROTATED);
  }
  return hashes;
}

/** A token without a secret, and a successor with one. */
const converting = (...[presented, next, now]: Parameters<typeof rotation>): ReturnType<typeof rotation> => ({
  ...familyRotation(presented, next, now),
  presented: { hash: presented },
});

const pairs = (hashes: readonly string[]): readonly (readonly [string, string])[] =>
  hashes.flatMap((next, i) => {
    const presented = hashes[i - 1];
    return presented === undefined ? [] : [[presented, next] as const];
  });
