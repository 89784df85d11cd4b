import { strict as assert } from 'node:assert';
import { storeCase, type StoreCase } from '../../harness/case.ts';
import { grant } from '../../sample/grant.ts';
import { DAY, NOW } from '../../sample/time.ts';
import {
  GRACE,
  grantOf,
  INVALID,
  LIFETIME,
  MAIN,
  openFamily,
  REPLAYED,
  rotateThrough,
  rotation,
  ROTATED,
} from './family.ts';

export const grantSweepCases: readonly StoreCase[] = [
  storeCase('grants.sweep.with-tokens', 'refresh tokens are deleted with their grant', async (stores) => {
    const { grants } = stores;
    await openFamily(grants);
    await rotateThrough(grants, ['r1', 'r2', 'r3']);
    assert.equal(await stores.sweep(NOW + LIFETIME - 1, 100), 0);
    assert.ok((await stores.sweep(NOW + LIFETIME, 100)) > 0);
    assert.equal(await stores.sweep(NOW + LIFETIME, 100), 0);
    for (const hash of ['r1', 'r2', 'r3']) {
      assert.equal(await grants.findByRefreshToken('main', hash), undefined);
      assert.deepStrictEqual(await grants.rotate(rotation(hash, 'x')), INVALID);
    }
    await openFamily(grants);
  }),
  storeCase(
    'grants.sweep.prolonged',
    'a grant is deleted by its latest expiry, not by its first',
    async (stores) => {
      const { grants } = stores;
      await openFamily(grants);
      const later = NOW + 5 * DAY;
      await grants.rotate(rotation('r1', 'r2', later));
      await stores.sweep(NOW + LIFETIME, 100);
      assert.deepStrictEqual(await grants.findByRefreshToken('main', 'r2'), grantOf(MAIN, later));
      assert.deepStrictEqual(await grants.rotate(rotation('r2', 'r3', NOW + LIFETIME)), ROTATED);
    },
  ),
  storeCase(
    'grants.sweep.expired-tokens',
    'a token is deleted when it expires, while its family lives on',
    async (stores) => {
      const { grants } = stores;
      await openFamily(grants);
      await grants.rotate(rotation('r1', 'r2', NOW + 5 * DAY));
      assert.equal(await stores.sweep(NOW + LIFETIME - 1, 100), 0);
      assert.equal(await stores.sweep(NOW + LIFETIME, 100), 1);
      assert.equal(await grants.findByRefreshToken('main', 'r1'), undefined);
      assert.deepStrictEqual(await grants.rotate(rotation('r1', 'x', NOW + LIFETIME)), INVALID);
      assert.deepStrictEqual(await grants.rotate(rotation('r2', 'r3', NOW + LIFETIME)), ROTATED);
    },
  ),
  storeCase(
    'grants.sweep.living-family',
    'a living family is complete: a replay is still recognized',
    async (stores) => {
      const { grants } = stores;
      await openFamily(grants);
      await rotateThrough(grants, ['r1', 'r2', 'r3']);
      await grants.insert({ ...grant({ realm: 'main', key: 'old' }), expiresAt: NOW });
      assert.equal(await stores.sweep(NOW + LIFETIME - 1, 100), 1);
      assert.deepStrictEqual(await grants.rotate(rotation('r1', 'x', NOW + GRACE)), REPLAYED);
    },
  ),
  storeCase('grants.sweep.ended', 'an ended grant is stored until it expires', async (stores) => {
    const { grants } = stores;
    await openFamily(grants);
    await grants.end('main', 'one', NOW);
    assert.equal(await stores.sweep(NOW + LIFETIME - 1, 100), 0);
    assert.equal(await grants.insert(grantOf(MAIN)), 'exists');
    await stores.sweep(NOW + LIFETIME, 100);
    assert.equal(await grants.insert(grantOf(MAIN)), 'inserted');
  }),
  storeCase(
    'grants.sweep.one-alone',
    'tokens of another grant stay, also in another realm',
    async (stores) => {
      const { grants } = stores;
      const other = { ...MAIN, realm: 'other' };
      await openFamily(grants);
      await openFamily(grants, other);
      await grants.rotate(rotation('r1', 'r2', NOW + 1, 'other'));
      await stores.sweep(NOW + LIFETIME, 100);
      assert.equal(await grants.findByRefreshToken('main', 'r1'), undefined);
      assert.deepStrictEqual(await grants.findByRefreshToken('other', 'r2'), grantOf(other, NOW + 1));
    },
  ),
];
