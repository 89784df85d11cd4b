import { strict as assert } from 'node:assert';
import { storeCase, type StoreCase } from '../../harness/case.ts';
import { DAY, NOW } from '../../sample/time.ts';
import {
  assertOver,
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

/**
 * The times relative to the end of the grace period, which begins with the first use of the successor, at which a used token
 * is presented.
 */
const MOMENTS = [
  ['a-moment-before', -1, repeated('r2')],
  ['at', 0, REPLAYED],
  ['a-moment-after', 1, REPLAYED],
] as const;

export const replayCases: readonly StoreCase[] = [
  ...MOMENTS.map(([when, offset, outcome]) =>
    storeCase(
      `grants.rotate.${when}-the-end-of-its-grace`,
      `${when.replaceAll('-', ' ')} the end of its grace a used token is ${outcome.outcome}`,
      async ({ grants }) => {
        await openFamily(grants);
        await rotateThrough(grants, ['r1', 'r2']);
        const used = NOW + 5 * GRACE;
        assert.deepStrictEqual(await grants.rotate(rotation('r2', 'r3', used)), ROTATED);
        assert.deepStrictEqual(await grants.rotate(rotation('r1', 'x', used + GRACE + offset)), outcome);
      },
    ),
  ),
  storeCase(
    'grants.rotate.no-grace',
    'without a grace period a used token is repeated until its successor is used, and is a replay from then on',
    async ({ grants }) => {
      await openFamily(grants);
      await rotateThrough(grants, ['r1', 'r2']);
      const again = { ...rotation('r1', 'x'), repeatableSince: NOW };
      assert.deepStrictEqual(await grants.rotate(again), repeated('r2'));
      assert.deepStrictEqual(await grants.rotate(rotation('r2', 'r3')), ROTATED);
      assert.deepStrictEqual(await grants.rotate(again), REPLAYED);
      await assertOver(grants, ['r1', 'r2', 'r3', 'x']);
    },
  ),
  storeCase(
    'grants.rotate.replay-ends',
    'a replay ends the grant with every token of the family',
    async ({ grants }) => {
      await openFamily(grants);
      await rotateThrough(grants, ['r1', 'r2', 'r3', 'r4']);
      assert.deepStrictEqual(await grants.rotate(rotation('r2', 'x', NOW + GRACE)), REPLAYED);
      assert.deepStrictEqual(await grants.rotate(rotation('r2', 'x', NOW + GRACE)), INVALID);
      await assertOver(grants, ['r1', 'r2', 'r3', 'r4', 'x']);
    },
  ),
  storeCase(
    'grants.rotate.never-forks',
    'a token repeated after its successor was used returns that used successor, and no other',
    async ({ grants }) => {
      await openFamily(grants);
      await rotateThrough(grants, ['r1', 'r2', 'r3']);
      assert.deepStrictEqual(await grants.rotate(rotation('r1', 'x')), repeated('r2'));
      assert.deepStrictEqual(await grants.rotate(rotation('r2', 'y')), repeated('r3'));
      for (const hash of ['x', 'y']) assert.equal(await grants.findByRefreshToken('main', hash), undefined);
      assert.deepStrictEqual(await grants.rotate(rotation('r3', 'r4')), ROTATED);
    },
  ),
  storeCase(
    'grants.rotate.successor-never-arrived',
    'a used token returns the same successor for as long as it lives and that successor is not used',
    async ({ grants }) => {
      await openFamily(grants);
      assert.deepStrictEqual(await grants.rotate(rotation('r1', 'r2', NOW + 1)), ROTATED);
      for (const later of [GRACE, DAY, LIFETIME - 1]) {
        assert.deepStrictEqual(await grants.rotate(rotation('r1', 'x', NOW + later)), repeated('r2'));
      }
      assert.deepStrictEqual(await grants.rotate(rotation('r1', 'x', NOW + LIFETIME)), INVALID);
      assert.deepStrictEqual(await grants.rotate(rotation('r2', 'r3', NOW + LIFETIME)), ROTATED);
    },
  ),
  storeCase(
    'grants.rotate.successor-expired',
    'a used token whose successor has expired is invalid, and ends nothing',
    async ({ grants }) => {
      await openFamily(grants);
      const expiresAt = NOW + 1_000;
      await grants.rotate({ ...rotation('r1', 'r2'), successor: { hash: 'r2', seed: 's', expiresAt } });
      assert.deepStrictEqual(await grants.rotate(rotation('r1', 'x', expiresAt)), INVALID);
      assert.notEqual(await grants.end('main', 'one', expiresAt), undefined);
    },
  ),
  storeCase(
    'grants.rotate.replay-after-repeat',
    'repeating does not extend the grace period',
    async ({ grants }) => {
      await openFamily(grants);
      await rotateThrough(grants, ['r1', 'r2', 'r3']);
      for (const hash of ['r1', 'r2']) {
        const again = rotation(hash, 'x', NOW + GRACE - 1);
        assert.deepStrictEqual(await grants.rotate(again), repeated(hash === 'r1' ? 'r2' : 'r3'));
      }
      assert.deepStrictEqual(await grants.rotate(rotation('r1', 'x', NOW + GRACE)), REPLAYED);
      await assertOver(grants, ['r1', 'r2', 'r3', 'x']);
    },
  ),
  storeCase(
    'grants.rotate.one-family-alone',
    'a replay in one family leaves the others alone',
    async ({ grants }) => {
      const other = { ...MAIN, id: 'two' };
      await openFamily(grants);
      await openFamily(grants, other, 's1');
      await rotateThrough(grants, ['r1', 'r2', 'r3']);
      await rotateThrough(grants, ['s1', 's2']);
      assert.deepStrictEqual(await grants.rotate(rotation('r1', 'x', NOW + GRACE)), REPLAYED);
      assert.deepStrictEqual(await grants.findByRefreshToken('main', 's1'), grantOf(other));
      assert.deepStrictEqual(await grants.rotate(rotation('s2', 's3')), ROTATED);
    },
  ),
  storeCase('grants.rotate.realms-apart', 'equal tokens in two realms are two tokens', async ({ grants }) => {
    const other = { ...MAIN, realm: 'other' };
    await openFamily(grants);
    await openFamily(grants, other);
    await rotateThrough(grants, ['r1', 'r2', 'q3'], 'other');
    assert.equal(await grants.findByRefreshToken('main', 'r2'), undefined);
    assert.deepStrictEqual(await grants.rotate(rotation('r1', 'x', NOW, 'third')), INVALID);
    await rotateThrough(grants, ['r1', 'r2', 'r3'], 'main');
    assert.deepStrictEqual(await grants.rotate(rotation('r1', 'x', NOW + GRACE, 'other')), REPLAYED);
    await assertOver(grants, ['r1', 'r2', 'q3'], other);
    assert.deepStrictEqual(await grants.rotate(rotation('r3', 'r4')), ROTATED);
  }),
];
