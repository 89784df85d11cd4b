import type { AuditEvent } from '@vestibule/core/audit';
import { temporaryFolder } from '@vestibule/testing/folder';
import Database from 'better-sqlite3';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSqliteStores } from '../src/index.ts';
import { MIGRATIONS } from '../src/schema/migrations.ts';
import { open } from './support/open.ts';

const EVENT = { type: 'registration.limited', realm: 'main', at: 5, ip: '::1', limit: 'address' } as const;
const ISSUED = {
  type: 'token.issued',
  realm: 'main',
  at: 9,
  ip: '::1',
  grantType: 'refresh_token',
  grantId: 'gone',
  tokenId: 't',
  clientId: 'refreshed',
  subject: 'ada',
  resource: 'https://api',
  scopes: [],
} as const;
const EVENTS: readonly AuditEvent[] = [
  EVENT,
  { ...EVENT, at: 6 },
  { ...EVENT, at: 6 },
  { ...EVENT, at: 7 },
  ISSUED,
  { ...ISSUED, at: 8 },
];

/** Clients from before uses were recorded, with their expected last use; for one without data, its registration. */
const LAST_USED = { approved: 8, refreshed: 9, 'never-used': 7 };

const ADA = { subject: 'ada', username: 'ada', name: 'Ada', passwordHash: 'hash' };
const SESSION = {
  realm: 'main',
  hash: 's',
  person: { subject: 'ada', name: 'Ada' },
  authentication: { at: 7, methods: [] },
  expiresAt: 99,
};
const GRANT = {
  realm: 'main',
  id: 'g',
  clientId: 'approved',
  subject: 'ada',
  resource: 'https://api',
  scopes: [],
  createdAt: 8,
  expiresAt: 99,
  authentication: { at: 8, methods: [] },
};
const PUBLIC_JWK = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' };
const KEYS = ['k2', 'k1'].map((kid) => ({
  realm: 'main',
  kid,
  algorithm: 'ES256',
  publicJwk: PUBLIC_JWK,
  privateKey: { kind: 'plain', jwk: { ...PUBLIC_JWK, d: 'd' } },
  createdAt: 7,
  signsFrom: 7,
}));

/** What schemas 1 to 4 have in common. */
const WRITTEN_BEFORE = `
  INSERT INTO people VALUES ('main', 'ada', 'ada', 'Ada', 'hash');
  INSERT INTO sessions VALUES ('main', 's', 'ada', 'Ada', 7, 99);
  INSERT INTO transactions VALUES ('main', 't', 'h', '{}', NULL, 99);
  INSERT INTO codes VALUES ('main', 'c', '{}', 99, NULL);
  INSERT INTO signing_keys SELECT 'main', value, 'k' || value, 'ES256',
    '{"kty":"EC","crv":"P-256","x":"x","y":"y","d":"d"}', 7 FROM json_each('[1,2]');`;

/** A database of an earlier version, with data in every table that has changed since. */
function writtenBy(version: number): string {
  const path = join(temporaryFolder(), 'vestibule.db');
  const database = new Database(path);
  for (const migration of MIGRATIONS.slice(0, version)) database.exec(migration);
  database.pragma(`user_version = ${version}`);
  const insertClient = database.prepare(`
    INSERT INTO clients (realm, id, name, redirect_uris, grant_types, application_type, issued_at)
    VALUES ('main', ?, 'App', '["https://a/cb"]', '["authorization_code"]', 'web', 7)`);
  for (const [id, lastUsedAt] of Object.entries(LAST_USED)) {
    insertClient.run(id);
    if (version < 4) continue;
    database.prepare('UPDATE clients SET last_used_at = ? WHERE id = ?').run(lastUsedAt, id);
  }
  database.exec(WRITTEN_BEFORE);
  database.exec(`
    INSERT INTO grants (realm, id, client_id, subject, resource, scopes, created_at, expires_at)
    VALUES ('main', 'g', 'approved', 'ada', 'https://api', '[]', 8, 99);
    UPDATE grants SET opened_at = 8`);
  for (const [index, event] of EVENTS.entries()) {
    const id = version === 1 ? index : String(index);
    database
      .prepare('INSERT INTO audit_events (id, realm, at, type, event) VALUES (?, ?, ?, ?, ?)')
      .run(id, 'main', event.at, event.type, JSON.stringify(event));
  }
  if (version === 1) {
    // Not a part of that schema: the rate limiter created it.
    database.exec(
      'CREATE TABLE rate_limits (key TEXT PRIMARY KEY, points INTEGER NOT NULL DEFAULT 0, expire INTEGER)',
    );
  }
  database.exec(`INSERT INTO rate_limits VALUES ('k', 3, 99)`);
  database.close();
  return path;
}

async function expectEverything(path: string): Promise<void> {
  const database = open({ path });
  const stores = createSqliteStores(database);
  for (const [id, lastUsedAt] of Object.entries(LAST_USED)) {
    const found = await stores.clients.find('main', id);
    expect(found).toMatchObject({ version: 1, name: 'App', issuedAt: 7 });
    expect(found?.lastUsedAt).toBe(lastUsedAt);
  }
  expect(await stores.people.findBySubject('main', 'ada')).toEqual({ realm: 'main', ...ADA });
  expect(await stores.sessions.find('main', 's')).toEqual(SESSION);
  expect(await stores.interactions.find('main', 't')).toBeUndefined();
  expect(await stores.codes.take('main', 'c', 0)).toBeUndefined();
  expect(await stores.keys.list('main')).toEqual(KEYS);
  expect(await stores.keys.remove('main', 'k1')).toBe('removed');
  expect(await stores.grants.listOf('main', 'ada', 10)).toEqual([GRANT]);
  expect(await stores.grants.endAll('main', 'approved', 10)).toBe(1);
  expect(await stores.grants.listEnded('main', 10)).toEqual(['g']);
  expect(await stores.clients.countAwake('main', 10)).toBe(3);
  const events = await stores.audit.list('main', { limit: 9 });
  expect(events.items.map(({ at }) => at)).toEqual([9, 8, 7, 6, 6, 5]);
  expect(events.items[2]).toEqual({ ...EVENT, at: 7 });
  await stores.audit.record({ ...EVENT, at: 6 });
  expect((await stores.audit.list('main', { limit: 9 })).items).toHaveLength(7);
  expect(database.prepare('SELECT * FROM rate_limits').all()).toEqual([{ key: 'k', points: 3, expire: 99 }]);
  expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
}

/** Later ones only add tables. */
const EARLIER = [1, 2, 3, 4];

test.each(EARLIER)(
  'a database of schema %i is brought up to date, with all that is in it',
  async (version) => {
    const path = writtenBy(version);
    await expect(expectEverything(path)).resolves.toBeUndefined();
  },
);

test('processes that start at once bring it up to date once', async () => {
  const path = writtenBy(1);
  const script = `import { openDatabase } from ${JSON.stringify(new URL('../src/index.ts', import.meta.url).href)};
    const database = openDatabase({ path: ${JSON.stringify(path)} });
    await database.ping();
    await database.close();`;
  const processes = Array.from({ length: 4 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' }),
  );
  const codes = await Promise.all(processes.map((child) => once(child, 'exit')));
  expect(codes.map(([code]: unknown[]) => code)).toEqual([0, 0, 0, 0]);
  await expectEverything(path);
});

test('a database of schema 5 is brought up to date, and keeps expired clients from then on', async () => {
  const path = join(temporaryFolder(), 'vestibule.db');
  const before = new Database(path);
  for (const migration of MIGRATIONS.slice(0, 5)) before.exec(migration);
  before.pragma('user_version = 5');
  before.exec(`
    INSERT INTO clients (realm, id, name, redirect_uris, grant_types, application_type, issued_at)
    VALUES ('main', 'app', 'App', '["https://a/cb"]', '["authorization_code"]', 'web', 7)`);
  before.close();
  const { clients } = createSqliteStores(open({ path }));
  const client = await clients.find('main', 'app');
  if (client?.kind !== 'dynamic') throw new Error('The client is gone, or of another kind.');
  expect(await clients.expire({ ...client, expiredAt: 9 }, 1)).toBe('expired');
  expect(await clients.findExpired('main', 'app')).toEqual({ ...client, expiredAt: 9 });
});

test.each([
  ['is refreshed', 'held', { outcome: 'rotated' }],
  ['still ends its grant when it is replayed', 'used', { outcome: 'replayed' }],
])(
  'a refresh token that was issued before tokens carried the secret of a family %s',
  async (_, hash, outcome) => {
    const path = join(temporaryFolder(), 'vestibule.db');
    const before = new Database(path);
    for (const migration of MIGRATIONS.slice(0, 8)) before.exec(migration);
    before.pragma('user_version = 8');
    before.exec(`
    INSERT INTO grants (realm, id, client_id, subject, resource, scopes, created_at, expires_at, opened_at, authentication)
    VALUES ('main', 'g', 'app', 'ada', 'https://api', '[]', 8, 99, 8, '{"at":7,"methods":[]}');
    INSERT INTO refresh_tokens VALUES ('main', 'used', 'g', 99, 9, 'between', 's');
    INSERT INTO refresh_tokens VALUES ('main', 'between', 'g', 99, 10, 'held', 's');
    INSERT INTO refresh_tokens VALUES ('main', 'held', 'g', 99, NULL, NULL, NULL)`);
    before.close();
    const { grants } = createSqliteStores(open({ path }));
    const successor = { hash: 'next', seed: 's', expiresAt: 99, family: 'f' };
    const rotation = { realm: 'main', successor, now: 50, repeatableSince: 40 };
    expect(await grants.rotate({ ...rotation, presented: { hash } })).toEqual(outcome);
  },
);

/** Three tokens of a family, the newest of them not used, and a family that began with a token without a secret. */
const FAMILIES_IN_ROWS = [
  ['f1', 'g', 99, 20, 'f2', 'seed of f2', 'f'],
  ['f2', 'g', 100, 30, 'f3', 'seed of f3', 'f'],
  ['f3', 'g', 101, null, null, null, 'f'],
  ['h1', 'h', 99, 20, 'h2', 'seed of h2', null],
  ['h2', 'h', 100, 30, 'h3', 'seed of h3', 'h'],
  ['h3', 'h', 101, null, null, null, 'h'],
] as const;

function writtenWithFamiliesInRows(): string {
  const path = join(temporaryFolder(), 'vestibule.db');
  const before = new Database(path);
  for (const migration of MIGRATIONS.slice(0, 15)) before.exec(migration);
  before.pragma('user_version = 15');
  for (const [id, expiresAt] of [
    ['g', 101],
    ['h', 101],
    ['without', 60],
  ] as const) {
    before.exec(`
      INSERT INTO grants (realm, id, client_id, subject, resource, scopes, created_at, expires_at, opened_at, authentication)
      VALUES ('main', '${id}', 'app', 'ada', 'https://api', '[]', 8, ${expiresAt}, 8, '{"at":7,"methods":[]}')`);
  }
  const insert = before.prepare('INSERT INTO refresh_tokens VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  for (const row of FAMILIES_IN_ROWS) insert.run('main', ...row);
  before.close();
  return path;
}

test.each([
  ['the newest is refreshed', 'f3', 'f', 50, { outcome: 'rotated' }],
  ['the one before returns the newest', 'f2', 'f', 99, { outcome: 'repeated', seed: 'seed of f3' }],
  [
    'the oldest returns its successor in the grace',
    'f1',
    'f',
    39,
    { outcome: 'repeated', seed: 'seed of f2' },
  ],
  ['the oldest is a replay after the grace', 'f1', 'f', 40, { outcome: 'replayed' }],
  ['the oldest is invalid when it has expired', 'f1', 'f', 99, { outcome: 'invalid' }],
  ['one that is no longer stored is a replay', 'f0', 'f', 50, { outcome: 'replayed' }],
  ['the secret of another family is unknown', 'f0', 'x', 50, { outcome: 'invalid' }],
  [
    'one without a secret returns its successor in the grace',
    'h1',
    undefined,
    39,
    { outcome: 'repeated', seed: 'seed of h2' },
  ],
  ['one without a secret is a replay after the grace', 'h1', undefined, 40, { outcome: 'replayed' }],
  ['the newest after one without a secret is refreshed', 'h3', 'h', 50, { outcome: 'rotated' }],
])(
  'tokens of a family that were rows keep what they result in: %s',
  async (_, hash, family, now, outcome) => {
    const { grants } = createSqliteStores(open({ path: writtenWithFamiliesInRows() }));
    const carried = family === undefined ? {} : { family };
    const successor = { hash: 'next', seed: 's', expiresAt: now + 99, ...carried };
    const times = { now, repeatableSince: now - 10 };
    expect(
      await grants.rotate({ realm: 'main', presented: { hash, ...carried }, successor, ...times }),
    ).toEqual(outcome);
  },
);
