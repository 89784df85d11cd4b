import type { ProviderTokenStore, StoredProviderTokens, Stores } from '@vestibule/server';
import { strict as assert } from 'node:assert';
import { tally } from '../check/tally.ts';
import type { StoreCase } from '../harness/case.ts';
import { grant } from '../sample/grant.ts';
import { LONG, UNICODE } from '../sample/text.ts';
import { DAY, NOW } from '../sample/time.ts';

const RACERS = 20;

const tokens = (version = 1, grantId = 'g', realm = 'main'): StoredProviderTokens => ({
  realm,
  grantId,
  version,
  sealed: `sealed ${version} ${UNICODE}`,
  expiresAt: NOW + DAY,
});

/** A case for stores that can have the tokens of a provider. */
const tokenCase = (
  id: string,
  title: string,
  run: (store: ProviderTokenStore, stores: Stores) => Promise<void>,
): StoreCase => ({
  id: `providerTokens.${id}`,
  title,
  requires: ['provider-tokens'],
  run: async ({ stores }) => {
    const { providerTokens } = stores;
    if (providerTokens === undefined) throw new Error('The stores have no tokens of a provider.');
    await run(providerTokens, stores);
  },
});

export const providerTokenCases: readonly StoreCase[] = [
  tokenCase('put.found', 'the tokens of a grant are found as they were stored', async (store) => {
    const long = { ...tokens(), sealed: LONG };
    assert.equal(await store.find('main', 'g'), undefined);
    assert.equal(await store.put(long), 'stored');
    assert.deepStrictEqual(await store.find('main', 'g'), long);
  }),
  tokenCase('put.next', 'tokens replace those of the version before', async (store) => {
    await store.put(tokens());
    const next = { ...tokens(2), expiresAt: NOW + 2 * DAY };
    assert.equal(await store.put(next), 'stored');
    assert.deepStrictEqual(await store.find('main', 'g'), next);
  }),
  tokenCase('put.conflict', 'tokens of any other version change nothing', async (store) => {
    assert.equal(await store.put(tokens(2)), 'conflict');
    assert.equal(await store.find('main', 'g'), undefined);
    await store.put(tokens());
    await store.put(tokens(2));
    for (const version of [1, 2, 4]) {
      assert.equal(await store.put({ ...tokens(version), sealed: 'another' }), 'conflict');
    }
    assert.deepStrictEqual(await store.find('main', 'g'), tokens(2));
  }),
  tokenCase('put.apart', 'realms and grants have tokens of their own', async (store) => {
    await store.put(tokens());
    for (const [realm, grantId] of [
      ['other', 'g'],
      ['main', 'G'],
      ['main', 'g '],
    ] as const) {
      assert.equal(await store.find(realm, grantId), undefined);
      assert.equal(await store.put(tokens(1, grantId, realm)), 'stored');
    }
    await store.remove('main', 'G', 1);
    assert.deepStrictEqual(await store.find('main', 'g'), tokens());
    assert.deepStrictEqual(await store.find('other', 'g'), tokens(1, 'g', 'other'));
    assert.equal(await store.find('main', 'G'), undefined);
  }),
  tokenCase('put.once-of-20', 'of concurrent calls with one version one stores', async (store) => {
    for (const version of [1, 2]) {
      const put = Array.from({ length: RACERS }, (_, index) =>
        store.put({ ...tokens(version), sealed: `of racer ${index}` }),
      );
      assert.deepStrictEqual(tally(await Promise.all(put)), { stored: 1, conflict: RACERS - 1 });
    }
    assert.equal((await store.find('main', 'g'))?.version, 2);
  }),
  tokenCase(
    'remove.again',
    'removed tokens are gone, and can be stored from the first version',
    async (store) => {
      await store.put(tokens());
      await store.put(tokens(2));
      await store.remove('main', 'g', 2);
      await store.remove('main', 'g', 2);
      assert.equal(await store.find('main', 'g'), undefined);
      assert.equal(await store.put(tokens()), 'stored');
    },
  ),
  tokenCase('remove.replaced', 'tokens that were replaced since are not removed', async (store) => {
    await store.put(tokens());
    await store.put(tokens(2));
    for (const version of [1, 3]) await store.remove('main', 'g', version);
    assert.deepStrictEqual(await store.find('main', 'g'), tokens(2));
  }),
  tokenCase(
    'listOrphaned.by-grant',
    'tokens are orphaned if their grant is unknown, has ended or is expired',
    async (store, { grants }) => {
      const names = ['unopened', 'opened', 'ended', 'expired', 'unknown'];
      for (const id of names) await store.put(tokens(1, id));
      await store.put(tokens(1, 'elsewhere', 'other'));
      for (const id of ['unopened', 'opened', 'ended']) {
        await grants.insert(grant({ realm: 'main', key: id }));
      }
      await grants.insert({ ...grant({ realm: 'main', key: 'expired' }), expiresAt: NOW });
      // A grant of another realm keeps nothing.
      await grants.insert(grant({ realm: 'other', key: 'unknown' }));
      for (const id of ['opened', 'ended']) {
        await grants.open({ realm: 'main', id, at: NOW, expiresAt: NOW + DAY });
      }
      await grants.end('main', 'ended', NOW);
      const orphaned = async (now: number): Promise<readonly string[]> =>
        (await store.listOrphaned('main', now, 10)).map(({ grantId }) => grantId).toSorted();
      assert.deepStrictEqual(await orphaned(NOW - 1), ['ended', 'unknown']);
      assert.deepStrictEqual(await orphaned(NOW), ['ended', 'expired', 'unknown']);
      assert.deepStrictEqual(await store.listOrphaned('other', NOW, 10), [tokens(1, 'elsewhere', 'other')]);
      assert.equal((await store.listOrphaned('main', NOW, 2)).length, 2);
    },
  ),
  tokenCase('sweep.expired', 'tokens are swept at their expiry, not before', async (store, { sweep }) => {
    await store.put(tokens());
    await sweep(NOW + DAY - 1, 10);
    assert.deepStrictEqual(await store.find('main', 'g'), tokens());
    await sweep(NOW + DAY, 10);
    assert.equal(await store.find('main', 'g'), undefined);
  }),
];
