import { createPostgresStores, openDatabase } from '@vestibule/postgres';
import type { Stores } from '@vestibule/server';
import { startPostgres } from '@vestibule/testing/postgres';
import { newClient } from './client.ts';

/** What an operation costs at the database. */
export interface Asked {
  /** Statements, without `begin` and `commit`. */
  readonly statements: number;
  /** How often the process waits for a response. */
  readonly 'round trips': number;
}

const FAR = Number.MAX_SAFE_INTEGER;
const NOW = Date.UTC(2026, 10, 23);
const facts = { clientId: 'app', subject: 'ada', resource: 'https://a', scopes: ['notes:read'] };
const authentication = { at: NOW, methods: ['pwd'] };
const proof = {
  redirectUri: 'https://app/cb',
  refreshable: true,
  codeChallenge: 'c',
};

/** Operations in the order in which a client causes them; each uses the data of the previous ones. */
const OPERATIONS: Readonly<Record<string, (stores: Stores) => Promise<unknown>>> = {
  'clients.insert': ({ clients }) => clients.insert({ ...newClient(), id: 'app' }),
  'clients.insert, unless the same is there': ({ clients }) => clients.insert(same(), NOW),
  'clients.insert, the same again': ({ clients }) => clients.insert(same(), NOW),
  'clients.insert, the same much later': ({ clients }) => clients.insert(same(), NOW + 1),
  'clients.find': ({ clients }) => clients.find('main', 'app'),
  'clients.findDuplicate': ({ clients }) => clients.findDuplicate('main', 'f', NOW),
  'clients.replace': ({ clients }) => clients.replace({ ...same(), id: 'app' }, 1),
  'clients.touch': ({ clients }) => clients.touch('main', 'app', NOW),
  'clients.countAwake': ({ clients }) => clients.countAwake('main', 10),
  'clients.findDue': ({ clients }) => clients.findDue('main', 'unused', NOW, 10),
  'clients.remove': ({ clients }) => clients.remove('main', 'app'),
  'clients.remove, of an unknown client': ({ clients }) => clients.remove('main', 'app'),
  'initialAccessTokens.use': ({ initialAccessTokens }) => initialAccessTokens.use('main', 'h', NOW),
  'initialAccessTokens.release': ({ initialAccessTokens }) => initialAccessTokens.release('main', 'h'),
  'leases.take': ({ leases }) => leases.take('sweep', 'node', NOW, FAR),
  'interactions.insert': ({ interactions }) =>
    interactions.insert({
      realm: 'main',
      id: 't',
      browserHash: 'h',
      request: { ...facts, ...proof },
      startedAt: NOW,
      expiresAt: FAR,
    }),
  'interactions.decide': ({ interactions }) =>
    interactions.decide('main', 't', {
      kind: 'approved',
      refreshable: true,
      subject: 'ada',
      scopes: [],
      at: NOW,
      authentication,
    }),
  'grants.insert': ({ grants }) =>
    grants.insert({ realm: 'main', id: 'g', ...facts, createdAt: NOW, expiresAt: FAR, authentication }),
  'codes.put': ({ codes }) => codes.put('main', 'k', { grantId: 'g', ...proof, refreshable: true }, FAR),
  'codes.take': ({ codes }) => codes.take('main', 'k', NOW),
  'grants.open': ({ grants }) =>
    grants.open({
      realm: 'main',
      id: 'g',
      at: NOW,
      expiresAt: FAR,
      token: { hash: 'r1', expiresAt: FAR, family: 'f' },
    }),
  'grants.findUnopened': ({ grants }) => grants.findUnopened('main', 'unopened'),
  'grants.find': ({ grants }) => grants.find('main', 'g'),
  'grants.listOf': ({ grants }) => grants.listOf('main', 'ada', NOW),
  'grants.findByRefreshToken': ({ grants }) => grants.findByRefreshToken('main', 'r1', 'f'),
  'grants.rotate, first use': ({ grants }) => grants.rotate(rotation('r1', 'r2', NOW, 'f')),
  'grants.rotate, retry': ({ grants }) => grants.rotate(rotation('r1', 'r3', NOW + 1, 'f')),
  'grants.rotate, replay': ({ grants }) => grants.rotate(rotation('no longer stored', 'r4', NOW + 1, 'f')),
  'grants.endAll': ({ grants }) => grants.endAll('main', 'app', NOW),
  'grants.listEnded': ({ grants }) => grants.listEnded('main', NOW),
  'pushedRequests.take': ({ pushedRequests }) => pushedRequests.take('main', 'p', NOW),
  'replays.note': ({ replays }) => replays.note('main', 'proof', FAR),
  'revokedTokens.add': ({ revokedTokens }) => revokedTokens.add('main', 't', FAR),
  'revokedTokens.has': ({ revokedTokens }) => revokedTokens.has('main', 't'),
  'audit.record': ({ audit }) =>
    audit.record({ type: 'registration.limited', realm: 'main', at: NOW, ip: '::1', limit: 'realm' }),
  'keys.insert': ({ keys }) =>
    keys.insert(
      {
        realm: 'main',
        kid: 'k',
        algorithm: 'ES256',
        publicJwk: { kty: 'EC' },
        privateKey: { kind: 'plain', jwk: { kty: 'EC' } },
        createdAt: NOW,
        signsFrom: NOW,
      },
      undefined,
    ),
  'keys.remove': ({ keys }) => keys.remove('main', 'older'),
  'keys.list': ({ keys }) => keys.list('main'),
  'realms.find': ({ realms }) => realms.find('main'),
  'people.findByUsername': ({ people }) => people.findByUsername('main', 'ada'),
  'sessions.find': ({ sessions }) => sessions.find('main', 'h'),
};

/** A client with the shared fingerprint and a unique id. */
const same = () => ({ ...newClient(), registration: { fingerprint: 'f' }, issuedAt: NOW + 1 });

const rotation = (presented: string, hash: string, now: number, family?: string) => ({
  realm: 'main',
  presented: { hash: presented, ...(family !== undefined && { family }) },
  successor: { hash, seed: 's', expiresAt: FAR },
  now,
  repeatableSince: now - 20_000,
});

/** Runs each operation once on a real PostgreSQL, and counts. */
export async function countStatements(): Promise<Readonly<Record<string, Asked>>> {
  const postgres = await startPostgres();
  try {
    let names: string[] = [];
    const database = await openDatabase({
      url: await postgres.createDatabase(),
      onStatement: ({ name }) => void names.push(name),
    });
    const stores = createPostgresStores(database);
    const counts: [string, Asked][] = [];
    for (const [name, operation] of Object.entries(OPERATIONS)) {
      names = [];
      await operation(stores);
      const statements = names.filter((one) => !CONTROL.has(one)).length;
      counts.push([name, { statements, 'round trips': names.length }]);
    }
    await database.close();
    return Object.fromEntries(counts);
  } finally {
    await postgres.stop();
  }
}

const CONTROL: ReadonlySet<string> = new Set(['begin', 'commit', 'rollback']);
