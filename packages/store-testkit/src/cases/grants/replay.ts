import { strict as assert } from 'node:assert';
import { storeCase, type StoreCase } from '../../harness/case.ts';
import { NOW } from '../../sample/time.ts';
import {
  assertOver,
  GRACE,
  grantOf,
  INVALID,
  MAIN,
  openFamily,
  REPLAYED,
  repeated,
  rotateThrough,
  rotation,
  ROTATED,
} from './family.ts';

/** How long before or after the end of its grace a used token is shown, and what comes of it. */
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
        assert.deepStrictEqual(await grants.rotate(rotation('r1', 'x', NOW + GRACE + offset)), outcome);
      },
    ),
  ),
  storeCase(
    'grants.rotate.no-grace',
    'without a grace the second use of a token is a replay',
    async ({ grants }) => {
      await openFamily(grants);
      await rotateThrough(grants, ['r1', 'r2']);
      const again = { ...rotation('r1', 'x'), repeatableSince: NOW };
      assert.deepStrictEqual(await grants.rotate(again), REPLAYED);
      await assertOver(grants, ['r1', 'r2', 'x']);
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
    'within the grace too it is a replay once the successor has been used',
    async ({ grants }) => {
      await openFamily(grants);
      await rotateThrough(grants, ['r1', 'r2', 'r3']);
      assert.deepStrictEqual(await grants.rotate(rotation('r1', 'x')), REPLAYED);
      await assertOver(grants, ['r1', 'r2', 'r3', 'x']);
    },
  ),
  storeCase(
    'grants.rotate.replay-after-repeat',
    'repeating does not prolong the grace',
    async ({ grants }) => {
      await openFamily(grants);
      await rotateThrough(grants, ['r1', 'r2']);
      assert.deepStrictEqual(await grants.rotate(rotation('r1', 'x', NOW + GRACE - 1)), repeated('r2'));
      assert.deepStrictEqual(await grants.rotate(rotation('r1', 'x', NOW + GRACE)), REPLAYED);
      await assertOver(grants, ['r1', 'r2', 'x']);
    },
  ),
  storeCase(
    'grants.rotate.one-family-alone',
    'a replay in one family leaves the others alone',
    async ({ grants }) => {
      const other = { ...MAIN, id: 'two' };
      await openFamily(grants);
      await openFamily(grants, other, 's1');
      await rotateThrough(grants, ['r1', 'r2']);
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
    await rotateThrough(grants, ['r1', 'r2'], 'other');
    assert.equal(await grants.findByRefreshToken('main', 'r2'), undefined);
    assert.deepStrictEqual(await grants.rotate(rotation('r1', 'x', NOW, 'third')), INVALID);
    await rotateThrough(grants, ['r1', 'r2', 'r3'], 'main');
    assert.deepStrictEqual(await grants.rotate(rotation('r1', 'x', NOW + GRACE, 'other')), REPLAYED);
    await assertOver(grants, ['r1', 'r2'], other);
    assert.deepStrictEqual(await grants.rotate(rotation('r3', 'r4')), ROTATED);
  }),
];
