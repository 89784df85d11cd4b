import { randomToken } from '@vestibule/http';
import { NOW } from '@vestibule/testing/now';
import { expect, test } from 'vitest';
import { createKeyCipher, plainKeys } from '../src/key/key-cipher.ts';
import { createMemoryStores } from '../src/memory/index.ts';
import { createProviderTokenSweeper } from '../src/provider-tokens/revoke-orphaned.ts';
import { createProviderTokens, type GrantRefresh } from '../src/provider-tokens/provider-tokens.ts';
import type { RefreshOutcome, TokenProvider } from '../src/provider-tokens/token-provider.ts';
import { createAuthorizationServer } from '../src/server.ts';
import { setUp } from './set-up.ts';

const RESOURCE = 'https://notes.example/mcp';
const DAY = 86_400_000;

/** Two nodes with one database and one provider, which refreshes when `answer` says so. */
async function twoNodes(
  answer: (presented: string) => Promise<RefreshOutcome>,
  revoking?: () => Promise<void>,
) {
  const stores = createMemoryStores();
  const { providerTokens: store, leases } = stores;
  if (store === undefined) throw new Error('There is no store.');
  const asked: string[] = [];
  const revoked: string[] = [];
  const state = { now: NOW };
  const provider: TokenProvider = {
    name: 'Provider',
    apis: [{ resource: RESOURCE, scopes: ['read'] }],
    begin: async () => ({ kind: 'unavailable' }),
    complete: async () => ({ kind: 'unavailable' }),
    refresh: ({ refreshToken }) => {
      asked.push(refreshToken);
      return answer(refreshToken);
    },
    revoke: async (refreshToken) => {
      revoked.push(refreshToken);
      await revoking?.();
    },
  };
  const cipher = await createKeyCipher([Buffer.alloc(32, 7).toString('base64url')]);
  const node = () =>
    createProviderTokens({
      provider,
      store,
      leases,
      realm: 'main',
      cipher,
      clock: () => state.now,
      generateToken: randomToken,
    });
  const nodes = [node(), node()] as const;
  await nodes[0].add('g', { accessToken: 'first', scopes: ['read'], refreshToken: 'u1' }, NOW + DAY);
  // The grant is unknown to the store, as if it had ended.
  const sweeper = createProviderTokenSweeper({
    provider,
    store,
    realm: 'main',
    keyCipher: cipher,
    clock: () => state.now,
    onError: (error) => {
      throw error;
    },
  });
  return { nodes, asked, revoked, state, store, leases, sweep: () => sweeper.sweep(state.now, 10) };
}

const refreshed = (next: string): RefreshOutcome => ({
  kind: 'refreshed',
  tokens: {
    accessToken: `access of ${next}`,
    scopes: ['read'],
    refreshToken: next,
    expiresAt: NOW + 300_000,
  },
});

const request = (presented: string): GrantRefresh => ({
  grant: { id: 'g', resource: RESOURCE, scopes: ['read'] },
  presented,
  scopes: ['read'],
  expiresAt: NOW + DAY,
});

test('two nodes refresh one grant one after the other, and return the same token', async () => {
  const gate = Promise.withResolvers<void>();
  const { nodes, asked } = await twoNodes(async () => {
    await gate.promise;
    return refreshed('u2');
  });
  const [first, second] = [nodes[0].refresh(request('r1')), nodes[1].refresh(request('r1'))];
  gate.resolve();
  expect(await second).toMatchObject(await first);
  expect(asked).toEqual(['u1']);
});

test('the token of another presented token is refreshed with the newest of the provider', async () => {
  const { nodes, asked } = await twoNodes(async (presented) => refreshed(presented === 'u1' ? 'u2' : 'u3'));
  await nodes[0].refresh(request('r1'));
  await nodes[1].refresh(request('r2'));
  expect(asked).toEqual(['u1', 'u2']);
});

test('a node that took longer than its lease does not replace what another node has stored', async () => {
  const [gate, begun] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let isFirst = true;
  const { nodes, state } = await twoNodes(async () => {
    if (!isFirst) return refreshed('u2');
    isFirst = false;
    begun.resolve();
    await gate.promise;
    return refreshed('u9');
  });
  const slow = nodes[0].refresh(request('r1'));
  // The first node has its lease when the provider is asked.
  await begun.promise;
  state.now += 61_000;
  expect(await nodes[1].refresh(request('r1'))).toMatchObject({ tokens: { refreshToken: 'u2' } });
  gate.resolve();
  expect(await slow).toEqual({ kind: 'unavailable' });
  expect(await nodes[0].find('g')).toMatchObject({ refreshToken: 'u2' });
});

test('tokens that a refresh stores while those before are revoked are revoked in the next round', async () => {
  const [revoking, refreshing] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const { nodes, revoked, sweep, store } = await twoNodes(
    async () => refreshed('u2'),
    async () => {
      refreshing.resolve();
      await revoking.promise;
    },
  );
  const round = sweep();
  await refreshing.promise;
  await nodes[0].refresh(request('r1'));
  revoking.resolve();
  await round;
  await sweep();
  expect([revoked, await store.find('main', 'g')]).toEqual([['u1', 'u2'], undefined]);
});

test('tokens that a refresh obtains after those before were deleted are revoked as well', async () => {
  const [gate, begun] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const { nodes, revoked, sweep, store } = await twoNodes(async () => {
    begun.resolve();
    await gate.promise;
    return refreshed('u2');
  });
  const refreshing = nodes[0].refresh(request('r1'));
  await begun.promise;
  await sweep();
  gate.resolve();
  expect(await refreshing).toEqual({ kind: 'unavailable' });
  await sweep();
  expect([revoked, await store.find('main', 'g')]).toEqual([['u1', 'u2'], undefined]);
});

test.each(['before', 'after'] as const)(
  'a store that fails once %s it has stored loses no refresh token that the provider replaced',
  async (when) => {
    const { nodes, asked, store } = await twoNodes(async (presented) =>
      refreshed(presented === 'u1' ? 'u2' : 'u3'),
    );
    const { put } = store;
    store.put = async (tokens) => {
      store.put = put;
      if (when === 'after') await put(tokens);
      throw new Error('The connection was lost.');
    };
    expect(await nodes[0].refresh(request('r1'))).toMatchObject({ tokens: { refreshToken: 'u2' } });
    await nodes[0].refresh(request('r2'));
    expect(asked).toEqual(['u1', 'u2']);
  },
);

test('a store that goes on failing is an error', async () => {
  const { nodes, store } = await twoNodes(async () => refreshed('u2'));
  store.put = () => Promise.reject(new Error('The disk is full.'));
  await expect(nodes[0].refresh(request('r1'))).rejects.toThrow('The disk is full.');
});

test('a lease that cannot be released delays no repetition', async () => {
  const { nodes, asked, leases } = await twoNodes(async () => refreshed('u2'));
  leases.release = () => Promise.reject(new Error('The connection was lost.'));
  const first = await nodes[0].refresh(request('r1'));
  expect(first).toMatchObject({ tokens: { refreshToken: 'u2' } });
  expect(await nodes[1].refresh(request('r1'))).toMatchObject(first);
  expect(asked).toEqual(['u1']);
});

test('a provider that keeps its refresh token is asked with it again', async () => {
  const { nodes, asked } = await twoNodes(async () => ({
    kind: 'refreshed',
    tokens: { accessToken: 'next', scopes: ['read'] },
  }));
  await nodes[0].refresh(request('r1'));
  await nodes[0].refresh(request('r2'));
  expect(asked).toEqual(['u1', 'u1']);
});

test('a token that has nearly expired is not returned again', async () => {
  const { nodes, asked, state } = await twoNodes(async () => refreshed('u2'));
  await nodes[0].refresh(request('r1'));
  state.now = NOW + 280_000;
  await nodes[0].refresh(request('r1'));
  expect(asked).toEqual(['u1', 'u2']);
});

test('a grant without tokens of the provider has ended', async () => {
  const { nodes, store } = await twoNodes(async () => refreshed('u2'));
  await store.remove('main', 'g', 1);
  expect(await nodes[0].refresh(request('r1'))).toEqual({ kind: 'ended' });
});

test('an authorization server with tokens of a provider needs a cipher', () => {
  const { options, stores } = setUp();
  const { providerTokens: store, leases } = stores;
  if (store === undefined) throw new Error('There is no store.');
  const provider: TokenProvider = {
    name: 'Provider',
    apis: [],
    begin: async () => ({ kind: 'unavailable' }),
    complete: async () => ({ kind: 'unavailable' }),
    refresh: async () => ({ kind: 'unavailable' }),
  };
  const providerTokens = { provider, store, leases };
  for (const keyCipher of [{}, { keyCipher: plainKeys }]) {
    expect(() => createAuthorizationServer({ ...options, ...keyCipher, providerTokens })).toThrow(
      'needs keyCipher',
    );
  }
});
