import { strict as assert } from 'node:assert';
import { connectionCase, storeCase, type StoreCase } from '../../harness/case.ts';
import { initialAccessToken } from '../../sample/initial-access-token.ts';
import { HERE } from '../../sample/place.ts';
import { MINUTE, NOW } from '../../sample/time.ts';

const one = initialAccessToken(HERE);

export const revokeCases: readonly StoreCase[] = [
  storeCase(
    'initialAccessTokens.revoke.first-moment-stands',
    'a revoked token cannot be used, and the first time of revocation stays',
    async ({ initialAccessTokens }) => {
      await initialAccessTokens.insert(one);
      assert.equal(await initialAccessTokens.use('main', 'one', NOW), 'counted');
      for (const at of [NOW + 5, NOW + 9, NOW]) {
        assert.equal(await initialAccessTokens.revoke('main', one.id, at), 'revoked');
        const expected = { ...one, uses: 1, revokedAt: NOW + 5 };
        assert.deepStrictEqual(await initialAccessTokens.findByHash('main', 'one'), expected);
        assert.equal(await initialAccessTokens.use('main', 'one', NOW), 'refused');
      }
    },
  ),
  storeCase(
    'initialAccessTokens.revoke.in-1970',
    'the first time of revocation stays if it is 0',
    async ({ initialAccessTokens }) => {
      await initialAccessTokens.insert(one);
      for (const at of [0, NOW]) {
        assert.equal(await initialAccessTokens.revoke('main', one.id, at), 'revoked');
      }
      assert.equal((await initialAccessTokens.findByHash('main', 'one'))?.revokedAt, 0);
    },
  ),
  storeCase(
    'initialAccessTokens.revoke.missing',
    'an unknown token is not revoked, and the others stay unchanged',
    async ({ initialAccessTokens }) => {
      const two = initialAccessToken({ realm: 'main', key: 'two' });
      const elsewhere = { ...one, realm: 'other' };
      for (const token of [one, two, elsewhere]) await initialAccessTokens.insert(token);
      for (const [realm, id] of [
        ['third', one.id],
        ['main', one.hash],
        ['main', one.id.toUpperCase()],
      ] as const) {
        assert.equal(await initialAccessTokens.revoke(realm, id, NOW), 'missing');
      }
      assert.equal(await initialAccessTokens.revoke('other', one.id, NOW), 'revoked');
      assert.deepStrictEqual(await initialAccessTokens.list('main', { limit: 5 }), { items: [one, two] });
    },
  ),
  connectionCase(
    'initialAccessTokens.revoke',
    'a token that was revoked is refused over every connection',
    async (here, there) => {
      await here.initialAccessTokens.insert(one);
      assert.equal(await there.initialAccessTokens.use('main', 'one', NOW), 'counted');
      await here.initialAccessTokens.revoke('main', one.id, NOW);
      assert.equal(await there.initialAccessTokens.use('main', 'one', NOW), 'refused');
    },
  ),
  storeCase(
    'initialAccessTokens.sweep.useless',
    'a used-up or revoked token is stored until it expires',
    async (stores) => {
      const { initialAccessTokens } = stores;
      const spent = { ...one, uses: one.maxUses, revokedAt: NOW, expiresAt: NOW + MINUTE };
      await initialAccessTokens.insert(spent);
      assert.equal(await stores.sweep(NOW + MINUTE - 1, 100), 0);
      assert.deepStrictEqual(await initialAccessTokens.findByHash('main', 'one'), spent);
      assert.equal(await stores.sweep(NOW + MINUTE, 100), 1);
      assert.equal(await initialAccessTokens.findByHash('main', 'one'), undefined);
      assert.equal(await initialAccessTokens.revoke('main', one.id, NOW), 'missing');
    },
  ),
];
