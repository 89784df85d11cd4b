import { realmSettings } from '@vestibule/core';
import type { Stores } from '@vestibule/server';
import { NOW, openFamily, rotation } from './family.ts';

/** Puts something into every store, with text that PostgreSQL cannot hold as it is. */
export async function fill(stores: Stores): Promise<void> {
  const realm = { id: 'main', name: 'M\0ain', issuer: 'https://id.example', apis: [], scopes: [] };
  await stores.realms.insert({ ...realm, settings: realmSettings() });
  const ada = { subject: 'ada', name: 'Ada \u001B' };
  await stores.people.insert({ realm: 'main', ...ada, username: 'ada', passwordHash: 'hash' });
  await stores.clients.insert({
    realm: 'main',
    id: 'app',
    version: 1,
    name: 'App \0',
    redirectUris: ['https://app.example/cb'],
    grantTypes: ['authorization_code'],
    applicationType: 'web',
    issuedAt: NOW,
    lastUsedAt: NOW,
  });
  const asked = { clientId: 'app', redirectUri: 'https://app.example/cb', redirectUriGiven: true };
  const request = { ...asked, resource: 'https://a.example', scopes: ['a'], codeChallenge: 'c' };
  const expiresAt = NOW + 1_000;
  await stores.transactions.insert({ realm: 'main', id: 't', browserHash: 'h', request, expiresAt });
  await stores.codes.put('main', 'k', { ...request, grantId: 'g', subject: 'ada' }, expiresAt);
  await openFamily(stores, 'g');
  await stores.grants.rotate(rotation('g', 'r2'));
  await stores.sessions.insert({ realm: 'main', hash: 's', person: ada, authenticatedAt: NOW, expiresAt });
  const key = { kid: 'k1', algorithm: 'ES256', privateJwk: { kty: 'EC' }, createdAt: NOW } as const;
  await stores.keys.insert({ realm: 'main', ...key }, undefined);
  const bounds = { redirectHosts: ['*.example'], scopes: [], resources: ['https://a.example'] };
  const counted = { createdAt: NOW, expiresAt, maxUses: 2, uses: 0 };
  await stores.initialAccessTokens.insert({
    realm: 'main',
    id: 'i',
    hash: 'ih',
    note: '\0',
    ...counted,
    ...bounds,
  });
  await stores.leases.take('sweep', 'node', NOW, expiresAt);
  await stores.audit.record({
    type: 'consent.denied',
    realm: 'main',
    at: NOW,
    ip: '::1',
    subject: 'ada',
    ...asked,
    resource: 'https://a.example',
    scopes: [],
  });
}

/** Everything that {@link fill} put there and that can be read without using it up. */
export const readAll = async (stores: Stores): Promise<unknown> => ({
  realms: await stores.realms.list(),
  ada: await stores.people.findByUsername('main', 'ada'),
  clients: await stores.clients.list('main', { limit: 10 }),
  initialAccessTokens: await stores.initialAccessTokens.list('main', { limit: 10 }),
  transaction: await stores.transactions.find('main', 't'),
  grants: [
    await stores.grants.findByRefreshToken('main', 'g'),
    await stores.grants.findByRefreshToken('main', 'r2'),
  ],
  session: await stores.sessions.find('main', 's'),
  keys: await stores.keys.list('main'),
  audit: await stores.audit.list('main', { limit: 10 }),
});
