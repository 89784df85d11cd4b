import { realmSettings } from '@vestibule/core/realm';
import type { Stores } from '@vestibule/server';
import { grant, NOW, openFamily, rotation } from './family.ts';

const EXPIRES_AT = NOW + 1_000;

const ASKED = {
  clientId: 'app',
  redirectUri: 'https://app.example/cb',
  refreshable: true,
};

const DENIED = {
  type: 'consent.denied',
  realm: 'main',
  at: NOW,
  ip: '::1',
  subject: 'ada',
  ...ASKED,
  resource: 'https://a.example',
  scopes: [],
} as const;

/** Puts data into every store, with text that PostgreSQL cannot store unchanged. */
export async function fill(stores: Stores): Promise<void> {
  await fillAsBefore(stores);
  const bob = { subject: 'bob', name: 'Bob', email: 'bob@a.example', emailVerified: true };
  const groups = { groups: ['agents', '\0'], reportedGroups: ['staff'] };
  await stores.people.insert({ realm: 'main', ...bob, ...groups, username: 'bob', passwordHash: 'hash' });
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
  const request = { ...ASKED, resource: 'https://a.example', scopes: ['a'], codeChallenge: 'c' };
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
  await stores.audit.record(DENIED);
}

const PRIVATE_JWK = '{"kty":"EC","x":"x","y":"y","d":"d"}';

/** The rows of {@link fillAsBefore} as schema 4 had them. */
export const ROWS_OF_SCHEMA_4 = String.raw`
  INSERT INTO realms (id, version, name, issuer, settings, apis, scopes)
  VALUES ('main', 1, E'M\x1B0000ain', 'https://id.example', '${JSON.stringify(realmSettings())}', '[]', '[]');
  INSERT INTO people (realm, subject, username, name, password_hash)
  VALUES ('main', 'ada', 'ada', E'Ada \x1B001b', 'hash');
  INSERT INTO clients (realm, id, name, redirect_uris, grant_types, application_type, issued_at, last_used_at)
  VALUES ('main', 'app', E'App \x1B0000', '["https://app.example/cb"]', '["authorization_code"]', 'web', ${NOW}, ${NOW});
  INSERT INTO transactions (realm, id, browser_hash, request, expires_at) VALUES ('main', 't', 'h', '{}', ${EXPIRES_AT});
  INSERT INTO codes (realm, key, value, expires_at) VALUES ('main', 'k', '{}', ${EXPIRES_AT});
  INSERT INTO grants (realm, id, client_id, subject, resource, scopes, created_at, expires_at, opened_at)
  VALUES ('main', 'g', 'app', 'ada', 'https://a.example', '["a"]', ${NOW}, ${NOW + 1_000_000}, ${NOW});
  INSERT INTO refresh_tokens (realm, hash, grant_id, expires_at, used_at, successor_hash, successor_seed)
  VALUES ('main', 'g', 'g', ${NOW + 1_000_000}, ${NOW}, 'r2', 'seed of r2'),
    ('main', 'r2', 'g', ${NOW + 1_000_000}, NULL, NULL, NULL);
  INSERT INTO sessions (realm, hash, subject, name, authenticated_at, expires_at)
  VALUES ('main', 's', 'ada', E'Ada \x1B001b', ${NOW}, ${EXPIRES_AT});
  INSERT INTO signing_keys (realm, generation, kid, algorithm, private_jwk, created_at)
  VALUES ('main', 1, 'k1', 'ES256', '${PRIVATE_JWK}', ${NOW});
  INSERT INTO initial_access_tokens
    (realm, id, hash, note, created_at, expires_at, max_uses, uses, redirect_hosts, scopes, resources)
  VALUES
    ('main', 'i', 'ih', E'\x1B0000', ${NOW}, ${EXPIRES_AT}, 2, 0, '["*.example"]', '[]', '["https://a.example"]');
  INSERT INTO leases VALUES ('sweep', 'node', ${EXPIRES_AT});
  INSERT INTO audit_events (id, realm, at, type, event) VALUES ('e', 'main', ${NOW}, 'consent.denied', '${JSON.stringify(DENIED)}');`;

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
