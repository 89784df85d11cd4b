import { openDatabase } from '@vestibule/database';
import type { TokenProvider } from '@vestibule/server';
import { OPEN_REALM } from '@vestibule/testing/open-seed';
import { expect, onTestFinished, test } from 'vitest';
import { createVestibule, type VestibuleOptions } from '../src/index.ts';

const ISSUER = 'https://id.example';
const MAIL = 'https://mail.example';
const SECRET = Buffer.alloc(32, 7).toString('base64url');

/** A provider that is never asked. */
const provider = (scopes: readonly string[] = ['mcp:read']): TokenProvider => ({
  name: 'Provider',
  apis: [{ resource: MAIL, scopes }],
  begin: async () => ({ kind: 'unavailable' }),
  complete: async () => ({ kind: 'unavailable' }),
  refresh: async () => ({ kind: 'unavailable' }),
});

const { apis, ...realm } = OPEN_REALM;

const start = async (options: Partial<VestibuleOptions>): Promise<void> => {
  const vestibule = await createVestibule({
    database: 'sqlite::memory:',
    realms: [
      {
        ...realm,
        realm: { ...realm.realm, issuer: ISSUER },
        people: [],
        apis: apis.map((api) => Object.assign({}, api, { resource: new URL(api.resource, ISSUER).href })),
      },
    ],
    keyEncryption: { from: 'secrets', secrets: [SECRET] },
    onWarning: () => undefined,
    ...options,
  });
  await vestibule.stop();
};

test('a server with tokens of a provider starts', async () => {
  await expect(start({ providerTokens: provider() })).resolves.toBeUndefined();
});

test('a server with tokens of a provider does not start without encryption', async () => {
  const options = { providerTokens: provider(), keyEncryption: { from: 'default' } } as const;
  await expect(start(options)).rejects.toThrow('Tokens of a provider are stored encrypted only');
});

test('a server with tokens of a provider does not start with a scope that has no name there', async () => {
  await expect(start({ providerTokens: provider([]) })).rejects.toThrow('the scopes mcp:read');
});

test('a server with tokens of a provider does not start with stores that have no place for them', async () => {
  const opened = await openDatabase('sqlite::memory:');
  onTestFinished(opened.close);
  const { providerTokens: _, ...stores } = opened.stores;
  const { limiter } = opened;
  const options = { providerTokens: provider(), database: { stores, limiter } };
  await expect(start(options)).rejects.toThrow('they need "providerTokens"');
});

test('an option that is no provider of tokens is named', async () => {
  await expect(start({ providerTokens: Object({}) })).rejects.toThrow('"providerTokens"');
});
