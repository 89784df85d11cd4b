import { strict as assert } from 'node:assert';
import { storeCase, type StoreCase } from '../../harness/case.ts';
import { DAY, NOW } from '../../sample/time.ts';
import {
  grantOf,
  INVALID,
  LIFETIME,
  MAIN,
  openFamily,
  repeated,
  rotateThrough,
  rotation,
  ROTATED,
} from './family.ts';

/** The times relative to its expiry at which a token is presented, and the results. */
const MOMENTS = [
  ['a-moment-before', -1, ROTATED],
  ['at', 0, INVALID],
  ['a-moment-after', 1, INVALID],
] as const;

export const rotateCases: readonly StoreCase[] = [
  storeCase(
    'grants.rotate.succeeds',
    'a token returns its successor, and that one the next',
    async ({ grants }) => {
      await openFamily(grants);
      await rotateThrough(grants, ['r1', 'r2', 'r3', 'r4', 'r5']);
      for (const hash of ['r1', 'r3', 'r5']) {
        assert.deepStrictEqual(await grants.findByRefreshToken('main', hash), grantOf(MAIN));
      }
    },
  ),
  storeCase('grants.rotate.prolongs', 'a grant lives as long as its newest token', async ({ grants }) => {
    await openFamily(grants);
    const later = NOW + 5 * DAY;
    await grants.rotate(rotation('r1', 'r2', later));
    for (const hash of ['r1', 'r2']) {
      assert.deepStrictEqual(await grants.findByRefreshToken('main', hash), grantOf(MAIN, later));
    }
    assert.deepStrictEqual(await grants.end('main', 'one', later), grantOf(MAIN, later));
  }),
  ...MOMENTS.flatMap(([when, offset, outcome]) => [
    storeCase(
      `grants.rotate.first-token-${when}-its-expiry`,
      `${when.replaceAll('-', ' ')} its expiry the first token is ${outcome.outcome}`,
      async ({ grants }) => {
        await openFamily(grants);
        assert.deepStrictEqual(await grants.rotate(rotation('r1', 'r2', NOW + LIFETIME + offset)), outcome);
      },
    ),
    storeCase(
      `grants.rotate.successor-${when}-its-expiry`,
      `${when.replaceAll('-', ' ')} its expiry a successor is ${outcome.outcome}`,
      async ({ grants }) => {
        await openFamily(grants);
        const expiresAt = NOW + 1000;
        await grants.rotate({ ...rotation('r1', 'r2'), successor: { hash: 'r2', seed: 's', expiresAt } });
        assert.deepStrictEqual(await grants.rotate(rotation('r2', 'r3', expiresAt + offset)), outcome);
      },
    ),
  ]),
  storeCase(
    'grants.rotate.token-expiry',
    'a token expires by its own time and not by its grant’s',
    async ({ grants }) => {
      const first = await openWithTokenUntil(grants, NOW + 5);
      assert.deepStrictEqual(await grants.rotate(rotation(first, 'x', NOW + 5)), INVALID);
      assert.deepStrictEqual(await grants.rotate(rotation(first, 'r2', NOW + 4)), ROTATED);
      assert.deepStrictEqual(await grants.rotate(rotation('r2', 'r3', NOW + 5)), ROTATED);
    },
  ),
  storeCase(
    'grants.rotate.grant-expiry',
    'a token of an expired grant is invalid, although it has not expired itself',
    async ({ grants }) => {
      await grants.insert(grantOf(MAIN));
      const token = { hash: 'long', expiresAt: NOW + LIFETIME };
      await grants.open({ ...MAIN, at: NOW, expiresAt: NOW + 5, token });
      assert.deepStrictEqual(await grants.rotate(rotation('long', 'x', NOW + 5)), INVALID);
      assert.deepStrictEqual(await grants.rotate(rotation('long', 'r2', NOW + 4)), ROTATED);
    },
  ),
  storeCase(
    'grants.rotate.expired-is-no-replay',
    'a used token that has expired is invalid, and ends nothing',
    async ({ grants }) => {
      const first = await openWithTokenUntil(grants, NOW + 5);
      await grants.rotate(rotation(first, 'r2', NOW + 4));
      await grants.rotate(rotation('r2', 'r3', NOW + 4));
      assert.deepStrictEqual(await grants.rotate(rotation(first, 'x', NOW + 5)), INVALID);
      assert.deepStrictEqual(await grants.rotate(rotation('r3', 'r4', NOW + 5)), ROTATED);
    },
  ),
  storeCase(
    'grants.rotate.repeats',
    'a token used a moment ago returns the same successor, however often',
    async ({ grants }) => {
      await openFamily(grants);
      await rotateThrough(grants, ['r1', 'r2']);
      for (const next of ['x', 'y', 'r2']) {
        assert.deepStrictEqual(await grants.rotate(rotation('r1', next, NOW + 9)), repeated('r2'));
      }
      for (const hash of ['x', 'y']) assert.equal(await grants.findByRefreshToken('main', hash), undefined);
      assert.deepStrictEqual(await grants.findByRefreshToken('main', 'r2'), grantOf(MAIN));
      assert.deepStrictEqual(await grants.rotate(rotation('r2', 'r3', NOW + 9)), ROTATED);
    },
  ),
  storeCase(
    'grants.rotate.unknown',
    'an unknown token returns nothing, and ends nothing',
    async ({ grants }) => {
      await openFamily(grants);
      assert.deepStrictEqual(await grants.rotate(rotation('x', 'y')), INVALID);
      assert.equal(await grants.findByRefreshToken('main', 'y'), undefined);
      assert.deepStrictEqual(await grants.rotate(rotation('r1', 'r2')), ROTATED);
    },
  ),
];

/** Opens a grant with a token that expires long before the grant. */
async function openWithTokenUntil(
  grants: Parameters<typeof openFamily>[0],
  expiresAt: number,
): Promise<string> {
  await grants.insert(grantOf(MAIN));
  const token = { hash: 'short', expiresAt };
  await grants.open({ ...MAIN, at: NOW, expiresAt: NOW + LIFETIME, token });
  return token.hash;
}
