import { type Realm, realmSettings, type StoredClient } from '@vestibule/core';
import type { AuthorizationCode, Grant, Transaction } from '@vestibule/server';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSqliteStores, openDatabase, type SqliteStores } from '../src/index.ts';

const NOW = Date.UTC(2026, 10, 23, 12, 0, 0);
let folder: string;
let opened: ReturnType<typeof openDatabase>[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vestibule-sqlite-'));
  opened = [];
});
afterEach(() => {
  for (const database of opened) database.close();
  rmSync(folder, { recursive: true });
});

/** Stores on a connection of their own; each call opens another connection to the same file. */
function connect(): SqliteStores {
  const database = openDatabase({ path: join(folder, 'vestibule.db') });
  opened.push(database);
  return createSqliteStores(database);
}

const times = (count: number): readonly undefined[] => Array.from({ length: count });

const client: StoredClient = {
  realm: 'main',
  id: 'app',
  name: 'メモ "帳" \u0000 \'; DROP TABLE clients; --',
  redirectUris: ['https://app.example/cb', 'http://localhost/cb'],
  grantTypes: ['authorization_code', 'refresh_token'],
  applicationType: 'native',
  issuedAt: NOW,
};

const realm: Realm = {
  id: 'main',
  name: 'Main',
  issuer: 'https://id.example',
  settings: realmSettings({ registration: { open: true, reservedNames: ['Acme'] } }),
  apis: [
    { id: 'z', name: 'Z', resource: 'https://z.example', scopes: ['b', 'a'], openToDynamicClients: true },
    { id: 'a', name: 'A', resource: 'https://a.example', scopes: [], openToDynamicClients: false },
  ],
  scopes: [
    { name: 'b', description: 'B', openToDynamicClients: true },
    { name: 'a', description: 'A', openToDynamicClients: false },
  ],
};

describe('clients', () => {
  const full: StoredClient = {
    ...client,
    scope: [],
    clientUri: 'https://a',
    logoUri: 'https://b',
    tosUri: 'https://c',
    policyUri: 'https://d',
  };
  test.each([
    ['with everything', full],
    ['with the least', client],
    [
      'with long fields',
      { ...client, name: 'é'.repeat(5_000), scope: times(500).map((_, i) => `scope:${i}`) },
    ],
  ])('come back as they were, %s', async (_, stored) => {
    const { clients } = connect();
    expect(await clients.insert(stored)).toBe('inserted');
    expect(await connect().clients.find('main', 'app')).toEqual(stored);
  });

  test('are never overwritten', async () => {
    const { clients } = connect();
    await clients.insert(client);
    expect(await clients.insert({ ...client, name: 'Other' })).toBe('exists');
    expect(await clients.find('main', 'app')).toEqual(client);
  });

  test('of one realm are not known in another', async () => {
    const { clients } = connect();
    await clients.insert(client);
    expect(await clients.find('other', 'app')).toBeUndefined();
    expect(await clients.insert({ ...client, realm: 'other' })).toBe('inserted');
  });
});

describe('realms', () => {
  test('come back as they were, in the order given', async () => {
    await connect().realms.insert(realm);
    const { realms } = connect();
    expect(await realms.find('main')).toEqual({ ...realm, version: 1 });
    expect(await realms.list()).toEqual([{ ...realm, version: 1 }]);
    expect(await realms.find('other')).toBeUndefined();
  });

  test('are replaced as a whole, seen by every connection at once', async () => {
    const [one, two] = [connect(), connect()];
    await one.realms.insert(realm);
    const closed: Realm = { ...realm, settings: realmSettings(), apis: [], scopes: [] };
    expect(await two.realms.replace(closed, 1)).toBe('replaced');
    expect(await one.realms.find('main')).toEqual({ ...closed, version: 2 });
    expect(await two.realms.replace({ ...closed, id: 'other', issuer: 'https://x' }, 1)).toBe('missing');
  });

  test('are replaced from the version they were read at: of two changes one is stale', async () => {
    const [one, two] = [connect(), connect()];
    await one.realms.insert(realm);
    expect(await one.realms.replace({ ...realm, name: 'One' }, 1)).toBe('replaced');
    expect(await two.realms.replace({ ...realm, name: 'Two' }, 1)).toBe('stale');
    expect(await two.realms.find('main')).toMatchObject({ name: 'One', version: 2 });
  });

  test('keep their issuer, and nobody else takes it', async () => {
    const { realms } = connect();
    await realms.insert(realm);
    await realms.replace({ ...realm, issuer: 'https://other.example' }, 1);
    expect(await realms.find('main')).toMatchObject({ issuer: 'https://id.example' });
    expect(await realms.insert(realm)).toBe('exists');
    expect(await realms.insert({ ...realm, id: 'other' })).toBe('exists');
  });
});

describe('transactions', () => {
  const transaction: Transaction = {
    realm: 'main',
    id: 't',
    browserHash: 'h',
    request: {
      clientId: 'app',
      redirectUri: 'https://app.example/cb',
      redirectUriGiven: true,
      state: 's',
      resource: 'https://a',
      scopes: ['a'],
      codeChallenge: 'c',
    },
    expiresAt: NOW + 600_000,
  };
  const denied = { kind: 'denied', at: NOW } as const;
  const approved = { kind: 'approved', subject: 'ada', scopes: ['a'], at: NOW } as const;

  test('come back as they were, with the decision that stands', async () => {
    const { transactions } = connect();
    await transactions.insert(transaction);
    expect(await transactions.find('main', 't')).toEqual(transaction);
    expect(await transactions.find('other', 't')).toBeUndefined();
    expect(await transactions.decide('main', 't', denied)).toEqual({ decision: denied, made: true });
    expect(await transactions.decide('main', 't', approved)).toEqual({ decision: denied, made: false });
    expect(await transactions.find('main', 't')).toEqual({ ...transaction, decision: denied });
    expect(await transactions.decide('other', 't', denied)).toBeUndefined();
  });

  test('of many decisions at once one is made, on two connections', async () => {
    const [one, two] = [connect(), connect()];
    await one.transactions.insert(transaction);
    const decisions = times(20).map((_, i) =>
      (i % 2 ? one : two).transactions.decide('main', 't', i % 3 ? denied : approved),
    );
    const outcomes = await Promise.all(decisions);
    expect(outcomes.filter((outcome) => outcome?.made)).toHaveLength(1);
    expect(new Set(outcomes.map((outcome) => outcome?.decision.kind)).size).toBe(1);
  });
});

describe('codes', () => {
  const code: AuthorizationCode = {
    grantId: 'g',
    clientId: 'app',
    subject: 'ada',
    redirectUri: 'https://app.example/cb',
    redirectUriGiven: true,
    codeChallenge: 'c',
    resource: 'https://a',
    scopes: ['a'],
  };

  test('are given out once', async () => {
    const { codes } = connect();
    expect(await codes.put('main', 'k', code, NOW + 1)).toBe('stored');
    expect(await codes.take('other', 'k', NOW)).toBeUndefined();
    expect(await codes.take('main', 'k', NOW)).toEqual(code);
    expect(await codes.take('main', 'k', NOW)).toBeUndefined();
  });

  test('expire at the exact instant', async () => {
    const { codes } = connect();
    await codes.put('main', 'a', code, NOW);
    await codes.put('main', 'b', code, NOW);
    expect(await codes.take('main', 'a', NOW)).toBeUndefined();
    expect(await codes.take('main', 'b', NOW - 1)).toEqual(code);
  });

  test('are not brought back by putting them again', async () => {
    const { codes } = connect();
    await codes.put('main', 'k', code, NOW + 1);
    await codes.take('main', 'k', NOW);
    expect(await codes.put('main', 'k', code, NOW + 9)).toBe('exists');
    expect(await codes.take('main', 'k', NOW)).toBeUndefined();
  });

  test('fifty takes at once on two connections: one wins', async () => {
    const [one, two] = [connect(), connect()];
    await one.codes.put('main', 'k', code, NOW + 1);
    const takes = await Promise.all(
      times(50).map((_, i) => (i % 2 ? one : two).codes.take('main', 'k', NOW)),
    );
    expect(takes.filter((taken) => taken !== undefined)).toEqual([code]);
  });
});

describe('grants', () => {
  const grant: Grant = {
    realm: 'main',
    id: 'g',
    clientId: 'app',
    subject: 'ada',
    resource: 'https://a',
    scopes: ['a', 'b'],
    createdAt: NOW,
    expiresAt: NOW + 60_000,
  };
  const rotation = (presented: string, next: string, now = NOW) => ({
    realm: 'main',
    presented,
    successor: { hash: next, seed: `seed-${next}`, expiresAt: now + 1_000_000 },
    now,
    repeatableSince: now - 20_000,
  });

  const opening = { realm: 'main', id: 'g', at: NOW, expiresAt: NOW + 1_000_000 };
  const open = { ...grant, expiresAt: NOW + 1_000_000 };

  async function openGrant(stores = connect()) {
    const { grants } = stores;
    await grants.insert(grant);
    const token = { hash: 'r1', expiresAt: NOW + 1_000_000 };
    expect(await grants.open({ ...opening, token })).toBe('opened');
    return grants;
  }

  test('are opened once, with their first token', async () => {
    const grants = await openGrant();
    expect(await grants.insert({ ...grant, subject: 'eve' })).toBe('exists');
    expect(await grants.open({ ...opening, token: { hash: 'r9', expiresAt: NOW } })).toBe('already-open');
    expect(await grants.open({ ...opening, id: 'nothing' })).toBe('missing');
    expect(await grants.findByRefreshToken('main', 'r1')).toEqual(open);
    expect(await grants.findByRefreshToken('other', 'r1')).toBeUndefined();
    expect(await grants.findByRefreshToken('main', 'r9')).toBeUndefined();
  });

  test('rotate, repeat within the grace, and end at a replay after it', async () => {
    const grants = await openGrant();
    expect(await grants.rotate(rotation('r1', 'r2'))).toEqual({ outcome: 'rotated' });
    expect(await grants.rotate(rotation('r1', 'r3', NOW + 19_999))).toEqual({
      outcome: 'repeated',
      seed: 'seed-r2',
    });
    expect(await grants.findByRefreshToken('main', 'r3')).toBeUndefined();
    expect(await grants.rotate(rotation('r1', 'r3', NOW + 20_000))).toEqual({ outcome: 'replayed' });
    expect(await grants.findByRefreshToken('main', 'r2')).toBeUndefined();
    expect(await grants.rotate(rotation('r2', 'r3'))).toEqual({ outcome: 'invalid' });
  });

  test('live as long as their newest token', async () => {
    const grants = await openGrant();
    await grants.rotate(rotation('r1', 'r2', NOW + 500_000));
    expect(await grants.findByRefreshToken('main', 'r2')).toMatchObject({ expiresAt: NOW + 1_500_000 });
  });

  test('do not fork within the grace', async () => {
    const grants = await openGrant();
    await grants.rotate(rotation('r1', 'r2'));
    await grants.rotate(rotation('r2', 'r3'));
    expect(await grants.rotate(rotation('r1', 'r4'))).toEqual({ outcome: 'replayed' });
    expect(await grants.rotate(rotation('r3', 'r4'))).toEqual({ outcome: 'invalid' });
  });

  test('know tokens until the exact instant', async () => {
    const grants = await openGrant();
    expect(await grants.rotate(rotation('r1', 'r2', NOW + 1_000_000))).toEqual({ outcome: 'invalid' });
    expect(await grants.rotate(rotation('r1', 'r2', NOW + 999_999))).toEqual({ outcome: 'rotated' });
  });

  test('fifty rotations at once on two connections: one successor', async () => {
    const [one, two] = [connect(), connect()];
    await openGrant(one);
    const outcomes = await Promise.all(
      times(50).map((_, i) => (i % 2 ? one : two).grants.rotate(rotation('r1', `n${i}`))),
    );
    expect(outcomes.filter(({ outcome }) => outcome === 'rotated')).toHaveLength(1);
    expect(outcomes.filter(({ outcome }) => outcome === 'repeated')).toHaveLength(49);
    const living = await Promise.all(times(50).map((_, i) => one.grants.findByRefreshToken('main', `n${i}`)));
    expect(living.filter((found) => found !== undefined)).toHaveLength(1);
  });

  test('end when they were opened, once', async () => {
    const { grants } = connect();
    await grants.insert(grant);
    expect(await grants.end('main', 'g', NOW)).toBeUndefined();
    await grants.open(opening);
    expect(await grants.end('other', 'g', NOW)).toBeUndefined();
    expect(await grants.end('main', 'g', NOW)).toEqual(open);
    expect(await grants.end('main', 'g', NOW)).toBeUndefined();
  });
});

test('sessions come back until they are deleted', async () => {
  const { sessions } = connect();
  const session = {
    realm: 'main',
    hash: 'h',
    person: { subject: 's', name: 'Ada' },
    authenticatedAt: NOW,
    expiresAt: NOW + 1,
  };
  await sessions.insert(session);
  expect(await sessions.find('main', 'h')).toEqual(session);
  expect(await sessions.find('other', 'h')).toBeUndefined();
  await sessions.delete('other', 'h');
  await sessions.delete('main', 'h');
  expect(await sessions.find('main', 'h')).toBeUndefined();
});

test('people are found by username, one of each name and subject', async () => {
  const { people } = connect();
  const ada = { realm: 'main', subject: 's', username: 'ada', name: 'Ada', passwordHash: '$argon2id$x' };
  expect(await people.insert(ada)).toBe('inserted');
  expect(await people.insert({ ...ada, subject: 'other' })).toBe('exists');
  expect(await people.insert({ ...ada, username: 'other' })).toBe('exists');
  expect(await people.findByUsername('main', 'ada')).toEqual(ada);
  expect(await people.findByUsername('other', 'ada')).toBeUndefined();
});

describe('signing keys', () => {
  const key = (kid: string) =>
    ({ realm: 'main', kid, algorithm: 'ES256', privateJwk: { kty: 'EC', d: 'x' }, createdAt: NOW }) as const;

  test('of many first keys one is added', async () => {
    const [one, two] = [connect(), connect()];
    const adding = times(20).map((_, i) => (i % 2 ? one : two).keys.insert(key(`k${i}`), undefined));
    const outcomes = await Promise.all(adding);
    expect(outcomes.filter((outcome) => outcome === 'inserted')).toHaveLength(1);
    expect(await one.keys.list('main')).toEqual([key('k0')]);
    expect(await one.keys.list('other')).toEqual([]);
  });

  test('succeed each other, newest first', async () => {
    const { keys } = connect();
    await keys.insert(key('a'), undefined);
    expect(await keys.insert(key('b'), 'a')).toBe('inserted');
    expect(await keys.insert(key('c'), 'a')).toBe('stale');
    expect(await keys.insert(key('c'), undefined)).toBe('stale');
    expect((await keys.list('main')).map(({ kid }) => kid)).toEqual(['b', 'a']);
  });
});

test('the audit keeps events, newest first, by realm', async () => {
  const { audit } = connect();
  const event = (at: number, rule: string) =>
    ({ type: 'registration.refused', realm: 'main', at, ip: '::1', rule, description: 'd' }) as const;
  await audit.record(event(NOW, 'a'));
  await audit.record(event(NOW + 1, 'b'));
  await audit.record({ ...event(NOW, 'c'), realm: 'other' });
  expect(await audit.newest('main', 10)).toEqual([event(NOW + 1, 'b'), event(NOW, 'a')]);
  expect(await audit.newest('main', 1)).toEqual([event(NOW + 1, 'b')]);
});

describe('sweeping', () => {
  const request = {
    clientId: 'a',
    redirectUri: 'b',
    redirectUriGiven: true,
    resource: 'c',
    scopes: [],
    codeChallenge: 'd',
  };
  const value = { ...request, grantId: 'g', subject: 's' };
  const DAY = 86_400_000;

  test('deletes what has expired, with what belongs to it, and nothing else', async () => {
    const stores = connect();
    const grant = { clientId: 'a', subject: 's', resource: 'c', scopes: [], createdAt: NOW };
    for (const [id, expiresAt] of [
      ['old', NOW],
      ['new', NOW + 1],
    ] as const) {
      await stores.transactions.insert({ realm: 'main', id, browserHash: 'h', request, expiresAt });
      await stores.codes.put('main', id, value, expiresAt);
      const person = { subject: 's', name: 'n' };
      await stores.sessions.insert({ realm: 'main', hash: id, person, authenticatedAt: NOW, expiresAt });
      await stores.grants.insert({ realm: 'main', id, ...grant, expiresAt });
      await stores.grants.open({ realm: 'main', id, at: NOW, expiresAt, token: { hash: id, expiresAt } });
    }
    expect(await stores.sweep(NOW, 100)).toBe(4);
    expect(await stores.sweep(NOW, 100)).toBe(0);
    expect(await stores.grants.findByRefreshToken('main', 'old')).toBeUndefined();
    expect(await stores.transactions.find('main', 'new')).toBeDefined();
    expect(await stores.sessions.find('main', 'new')).toBeDefined();
    expect(await stores.codes.take('main', 'new', NOW)).toBeDefined();
    expect(await stores.grants.findByRefreshToken('main', 'new')).toBeDefined();
  });

  test('keeps the audit for as many days as it is told', async () => {
    const stores = connect();
    const event = {
      type: 'registration.refused',
      realm: 'main',
      at: NOW,
      ip: '',
      rule: 'r',
      description: 'd',
    } as const;
    await stores.audit.record(event);
    expect(await stores.sweep(NOW + 90 * DAY - 1, 100)).toBe(0);
    expect(await stores.sweep(NOW + 90 * DAY, 100)).toBe(1);
  });

  test('goes by small steps', async () => {
    const stores = connect();
    for (let i = 0; i < 25; i += 1) await stores.codes.put('main', `k${i}`, value, NOW);
    const steps = [await stores.sweep(NOW, 10), await stores.sweep(NOW, 10), await stores.sweep(NOW, 10)];
    expect(steps).toEqual([10, 10, 5]);
  });
});

test('a new file can be read by its owner alone', () => {
  connect();
  expect(statSync(join(folder, 'vestibule.db')).mode & 0o777).toBe(0o600);
});
