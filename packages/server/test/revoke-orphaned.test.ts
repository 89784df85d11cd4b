import { NOW } from '@vestibule/testing/now';
import { expect, test } from 'vitest';
import { createKeyCipher } from '../src/key/key-cipher.ts';
import { createMemoryStores } from '../src/memory/index.ts';
import { createProviderTokenSweeper } from '../src/provider-tokens/revoke-orphaned.ts';
import { sealTokens } from '../src/provider-tokens/seal-tokens.ts';

/** Tokens of grants that have ended, at a provider that fails for some of them. */
async function orphaned(names: readonly string[], fails: (name: string) => boolean) {
  const { providerTokens: store } = createMemoryStores();
  if (store === undefined) throw new Error('There is no store.');
  const keyCipher = await createKeyCipher([Buffer.alloc(32, 7).toString('base64url')]);
  for (const name of names) {
    const place = { realm: 'main', grantId: name, version: 1 };
    const tokens = { accessToken: 'a', scopes: ['read'], refreshToken: name, obtainedAt: NOW };
    await store.put({ ...place, sealed: await sealTokens(keyCipher, place, tokens), expiresAt: NOW + 1 });
  }
  const asked: string[] = [];
  const errors: unknown[] = [];
  const sweeper = createProviderTokenSweeper({
    provider: {
      name: 'Provider',
      apis: [],
      begin: async () => ({ kind: 'unavailable' }),
      complete: async () => ({ kind: 'unavailable' }),
      refresh: async () => ({ kind: 'unavailable' }),
      revoke: async (name) => {
        asked.push(name);
        if (fails(name)) throw new Error('The provider responded 500.');
      },
    },
    store,
    realm: 'main',
    keyCipher,
    clock: () => NOW,
    onError: (error) => void errors.push(error),
  });
  const left = async () => (await store.listOrphaned('main', NOW, 99)).map(({ grantId }) => grantId);
  return { asked, errors, left, sweep: () => sweeper.sweep(NOW, 100) };
}

test('a token that the provider cannot revoke does not keep the others from being revoked', async () => {
  const { sweep, left, errors } = await orphaned(['odd', 'one', 'two'], (name) => name === 'odd');
  expect([await sweep(), await left(), errors.length]).toEqual([2, ['odd'], 1]);
});

test('a provider that does not respond is left alone after three tokens', async () => {
  const { sweep, left, asked } = await orphaned(['1', '2', '3', '4', '5'], () => true);
  expect([await sweep(), asked, (await left()).length]).toEqual([0, ['1', '2', '3'], 5]);
});
