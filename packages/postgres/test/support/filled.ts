import { realmSettings } from '@vestibule/core/realm';
import type { Stores } from '@vestibule/server';
import { grant, NOW, openFamily, rotation } from './family.ts';

const EXPIRES_AT = NOW + 1_000;

/** Puts data into every store, with text that PostgreSQL cannot store unchanged. */
export async function fill(stores: Stores): Promise<void> {
  await fillAsBefore(stores);
  const bob = { subject: 'bob', name: 'Bob', email: 'bob@a.example', emailVerified: true };
  await stores.people.insert({ realm: 'main', ...bob, username: 'bob', passwordHash: 'hash' });
  const authentication = { method: 'client_secret_post', secretHashes: ['\0'] } as const;
  const access = [{ resource: 'https://a.example', scopes: ['a'] }];
  await stores.clients.insert({
    realm: 'main',
    kind: 'pre-registered',
    id: 'made',
    version: 1,
    name: 'Acme',
    redirectUris: [],
    grantTypes: [],
    applicationType: 'web',
    issuedAt: NOW,
    terms: { authentication, access, rememberConsent: true },
  });
  await stores.grants.insert({ ...grant('bound'), endsAt: EXPIRES_AT, proofKey: 'thumbprint' });
  await stores.grants.open({ realm: 'main', id: 'bound', at: NOW, expiresAt: EXPIRES_AT });
  const key = { kid: 'k2', algorithm: 'EdDSA', publicJwk: { kty: 'OKP' } } as const;
  const times = { createdAt: NOW, signsFrom: NOW + 1 };
  const privateKey = { kind: 'encrypted', jwe: 'a..b.c.d' } as const;
  await stores.keys.insert({ realm: 'main', ...key, privateKey, ...times }, 'k1');
  await stores.pushedRequests.put('main', 'p', { clientId: 'app', query: 'state=\0' }, EXPIRES_AT);
  await stores.replays.note('main', 'proof', EXPIRES_AT);
  await stores.revokedTokens.add('main', 'token', EXPIRES_AT);
}

/** Puts data into every store of schema 4, in the form of that schema. */
export async function fillAsBefore(stores: Stores): Promise<void> {
  const realm = { id: 'main', name: 'M\0ain', issuer: 'https://id.example', apis: [], scopes: [] };
  await stores.realms.insert({ ...realm, settings: realmSettings() });
  const ada = { subject: 'ada', name: 'Ada \u001B' };
  await stores.people.insert({ realm: 'main', ...ada, username: 'ada', passwordHash: 'hash' });
  await stores.clients.insert({
    realm: 'main',
    kind: 'dynamic',
    id: 'app',
    version: 1,
    name: 'App \0',
    redirectUris: ['https://app.example/cb'],
    grantTypes: ['authorization_code'],
    applicationType: 'web',
    issuedAt: NOW,
    lastUsedAt: NOW,
    registration: {},
  });
  const asked = {
    clientId: 'app',
    redirectUri: 'https://app.example/cb',
    refreshable: true,
  };
  const request = { ...asked, resource: 'https://a.example', scopes: ['a'], codeChallenge: 'c' };
  const expiresAt = EXPIRES_AT;
  await stores.interactions.insert({
    realm: 'main',
    id: 't',
    browserHash: 'h',
    request,
    startedAt: NOW,
    expiresAt,
  });
  const authentication = { at: NOW, methods: [] };
  await stores.codes.put(
    'main',
    'k',
    {
      redirectUri: request.redirectUri,
      codeChallenge: request.codeChallenge,
      grantId: 'g',
      refreshable: true,
    },
    expiresAt,
  );
  await stores.finishedSignIns.put('main', 'f', { stateHash: 'h', person: ada, authentication }, expiresAt);
  await openFamily(stores, 'g');
  await stores.grants.rotate(rotation('g', 'r2'));
  await stores.sessions.insert({ realm: 'main', hash: 's', person: ada, authentication, expiresAt });
  const publicJwk = { kty: 'EC', x: 'x', y: 'y' };
  const privateKey = { kind: 'plain', jwk: { ...publicJwk, d: 'd' } } as const;
  const key = { kid: 'k1', algorithm: 'ES256', publicJwk, privateKey } as const;
  await stores.keys.insert({ realm: 'main', ...key, createdAt: NOW, signsFrom: NOW }, undefined);
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

/** Everything from {@link fill} that can be read without consuming it. */
export const readAll = async (stores: Stores): Promise<Readonly<Record<string, unknown>>> => ({
  realms: await stores.realms.list(),
  people: [
    await stores.people.findByUsername('main', 'ada'),
    await stores.people.findBySubject('main', 'bob'),
  ],
  clients: await stores.clients.list('main', { limit: 10 }),
  initialAccessTokens: await stores.initialAccessTokens.list('main', { limit: 10 }),
  transaction: await stores.interactions.find('main', 't'),
  grants: [
    await stores.grants.findByRefreshToken('main', 'g'),
    await stores.grants.findByRefreshToken('main', 'r2'),
    await stores.grants.find('main', 'bound'),
  ],
  session: await stores.sessions.find('main', 's'),
  keys: await stores.keys.list('main'),
  revokedTokens: await stores.revokedTokens.list('main', 0),
  audit: await stores.audit.list('main', { limit: 10 }),
});
