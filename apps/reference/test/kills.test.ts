import { readStored, violationsOf } from '@vestibule/conformance';
import { createSqliteStores, openDatabase } from '@vestibule/sqlite';
import { temporaryFolder } from '@vestibule/testing/folder';
import { freePort } from '@vestibule/testing/port';
import { randomInt } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Addresses, NO_WAIT, OPEN_SEED } from './support/app.ts';
import { approve, authorizeUrl, exchange, register, token } from './support/oauth.ts';
import { type StartedProcess, startProcess } from './support/process.ts';
import { startTally, type Tally } from './support/tally.ts';

/** Many in the long tests, a few otherwise. */
const KILLS = process.env['LONG_TESTS'] === 'true' ? 100 : 4;
const AT_ONCE = 12;
/** A process is killed after at most so many responses. */
const MOST_RESPONSES = 60;
const REDIRECT_URI = 'http://localhost:8090/callback';

const LIMITS = {
  attemptsPerAddressPerHour: 1_000_000,
  perAddressPerHour: 1_000_000,
  perRealmPerDay: 1_000_000,
  authorizationsPerAddressPerHour: 1_000_000,
  awakeClients: 1_000_000,
};

const SEED = {
  ...OPEN_SEED,
  realm: {
    ...OPEN_SEED.realm,
    settings: { consent: NO_WAIT, registration: { open: true, limits: LIMITS } },
  },
};

/** A server on one SQLite file that is killed under load and started again. */
interface KilledServer extends Addresses {
  /** Resolves when the server accepts requests. */
  ready(): Promise<void>;
  /** Counts a response, and kills the server if it is the last one of this process. */
  responded(): void;
  readonly isOver: boolean;
  /** Resolves when every process but the last one has been killed. */
  readonly over: Promise<void>;
}

async function startKilledServer(path: string): Promise<KilledServer> {
  const seedFile = join(temporaryFolder(), 'seed.json');
  await writeFile(seedFile, JSON.stringify(SEED));
  const port = String(await freePort());
  const issuer = `http://localhost:${port}`;
  const env = { PORT: port, DATABASE_URL: `sqlite:${path}`, SEED: seedFile, LOG_LEVEL: 'silent' };
  const start = async (): Promise<StartedProcess> => {
    const app = startProcess(['start'], env);
    await app.said('serves the realm');
    return app;
  };
  let kills = 0;
  let responses = 0;
  let last = randomInt(1, MOST_RESPONSES);
  let running = start();
  const { promise: over, resolve } = Promise.withResolvers<void>();

  async function killAndStart(app: StartedProcess): Promise<StartedProcess> {
    app.process.kill('SIGKILL');
    await app.exit;
    return start();
  }

  return {
    issuer,
    notes: new URL('/mcp', issuer),
    over,
    get isOver() {
      return kills === KILLS;
    },
    ready: async () => void (await running),
    responded() {
      responses += 1;
      if (kills === KILLS || responses < last) return;
      kills += 1;
      responses = 0;
      last = randomInt(1, MOST_RESPONSES);
      running = running.then(killAndStart);
      if (kills === KILLS) void running.then(() => resolve());
    },
  };
}

test(
  'a server that is killed at any moment under load loses nothing that it responded, and keeps nothing half done',
  async () => {
    const path = join(temporaryFolder(), 'vestibule.db');
    const server = await startKilledServer(path);
    const tally = startTally();
    await server.ready();
    await Promise.all(Array.from({ length: AT_ONCE }, () => work(server, tally)));
    await server.over;
    expect(tally.interrupted).toBeGreaterThanOrEqual(KILLS);

    for (const { clientId, newest } of tally.families) {
      const began = tally.moment();
      const { status, body } = await refresh(server, clientId, newest);
      expect(status).toBe(200);
      tally.issued(body, { grantType: 'refresh_token', presented: newest, began });
    }
    expect(await violationsIn(path, tally)).toEqual([]);
  },
  KILLS * 10_000 + 60_000,
);

/** Runs flows until the server has been killed often enough. A flow that a kill interrupts begins again with another client. */
async function work(server: KilledServer, tally: Tally): Promise<void> {
  while (!server.isOver) {
    await server.ready();
    try {
      await flow(server, tally);
      tally.finish();
    } catch (error) {
      if (error instanceof WrongAnswer) throw error;
      tally.interrupt();
    }
  }
}

/** A response that a server that was never killed would not send either. */
class WrongAnswer extends Error {}

async function flow(server: KilledServer, tally: Tally): Promise<void> {
  const metadata = { redirect_uris: [REDIRECT_URI], client_name: `Agent ${tally.clients.length}` };
  const registered = await register(server, metadata);
  if (registered.status !== 201) throw new WrongAnswer(`A registration was answered ${registered.status}.`);
  const clientId: string = registered.body.client_id;
  tally.registered(clientId);
  server.responded();

  const arrived = await approve(authorizeUrl(server, clientId, { redirect_uri: REDIRECT_URI }));
  server.responded();

  const sent = { grantType: 'authorization_code', presented: arrived.href, began: tally.moment() } as const;
  const exchanged = await exchange(server, clientId, REDIRECT_URI, arrived);
  if (exchanged.status !== 200) throw new WrongAnswer(`An exchange was answered ${exchanged.status}.`);
  tally.issued(exchanged.body, sent);
  server.responded();

  let newest: string = exchanged.body.refresh_token;
  for (let round = 0; round < 3; round += 1) {
    const renewal = { grantType: 'refresh_token', presented: newest, began: tally.moment() } as const;
    const { status, body } = await refresh(server, clientId, newest);
    if (status !== 200) throw new WrongAnswer(`A refresh was answered ${status}.`);
    tally.issued(body, renewal);
    newest = body.refresh_token;
    server.responded();
  }
  tally.families.push({ clientId, newest });
}

const refresh = (server: Addresses, clientId: string, refreshToken: string) =>
  token(server, { grant_type: 'refresh_token', client_id: clientId, refresh_token: refreshToken });

/** What the invariants of the simulation say about what the clients saw and what is stored. */
async function violationsIn(path: string, { history }: Tally) {
  const database = openDatabase({ path });
  try {
    const stores = createSqliteStores(database);
    const subjects = (await stores.people.list('test', { limit: 100 })).items.map(({ subject }) => subject);
    const realm = await stores.realms.find('test');
    return violationsOf({
      now: Date.now(),
      history,
      stored: await readStored(stores, ['test'], subjects),
      errors: [],
      left: [],
      realmStates: realm === undefined ? [] : [{ since: 0, realm }],
    });
  } finally {
    await database.close();
  }
}
