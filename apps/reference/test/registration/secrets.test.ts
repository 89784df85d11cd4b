import type { Client } from '@vestibule/core';
import { createOperator } from '@vestibule/core/operator';
import { randomToken, sha256 } from '@vestibule/http';
import { cite } from '@vestibule/requirements';
import { temporaryFolder } from '@vestibule/testing/folder';
import { ACTOR } from '@vestibule/testing/operator';
import { freePort } from '@vestibule/testing/port';
import { startPostgres, type TestPostgres } from '@vestibule/testing/postgres';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { run } from '../../src/run.ts';
import { ADA, OPERATOR_TOKEN } from '../support/app.ts';
import { approve, authorizeUrl, exchange, token, VERIFIER } from '../support/oauth.ts';
import { bytesOf, found, type Kept, rowsOf } from './support/found.ts';
import { overhear } from './support/overheard.ts';
import { MANAGED_SEED } from './support/seed.ts';

const CALLBACK = 'https://app.example/cb';
const BODY = { redirect_uris: [CALLBACK], client_name: 'Garden app' };

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

/** The app on a database, with a log that tests read, and everything that it stores. */
async function start(kind: 'sqlite' | 'postgres') {
  const [folder, port] = [temporaryFolder(), await freePort()];
  const seed = join(folder, 'seed.json');
  await writeFile(seed, JSON.stringify(MANAGED_SEED));
  const url = kind === 'postgres' ? await postgres.createDatabase() : '';
  const path = join(temporaryFolder(), 'a.db');
  const log: string[] = [];
  const logger = pino({ level: 'trace' }, { write: (line: string) => void log.push(line) });
  const app = await run(
    {
      port,
      issuer: `http://localhost:${port}`,
      database: kind === 'postgres' ? { kind, url } : { kind, path },
      databaseConnections: 4,
      seeds: [seed],
      keyEncryption: { from: 'default' },
      logLevel: 'trace',
      operatorToken: OPERATOR_TOKEN,
      trustProxy: false,
    },
    logger,
  );
  onTestFinished(() => app.stop());
  const { stores, realm } = app;
  return {
    ...app,
    issuer: realm.issuer,
    notes: new URL('/mcp', realm.issuer),
    log,
    logger,
    operator: createOperator({
      ...stores,
      clock: Date.now,
      generateToken: randomToken,
      hash: sha256,
    }),
    kept: () => (kind === 'postgres' ? rowsOf(url) : bytesOf(join(path, '..'))),
    async events(): Promise<readonly Kept[]> {
      const { items } = await stores.audit.list(realm.id, { limit: 10_000 });
      return items.map((event) => ({ where: event.type, text: JSON.stringify(event) }));
    },
  };
}

type App = Awaited<ReturnType<typeof start>>;

/** Uses all secrets, correctly and incorrectly, and returns them. */
async function live(app: App): Promise<readonly string[]> {
  const { issuer, operator, realm } = app;
  const secrets: string[] = [ADA.password, VERIFIER, OPERATOR_TOKEN];
  const keep = (secret: string): string => {
    secrets.push(secret);
    return secret;
  };
  const send = async (path: string, method: string, bearer?: string, body?: object) => {
    const response = await fetch(new URL(path, issuer), {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : undefined };
  };
  const register = '/connect/register';
  const terms = { expiresAt: Date.now() + 60_000, maxUses: 2 };
  const initial = keep((await operator.tokens.issue(ACTOR, realm.id, terms)).token);
  const revoked = await operator.tokens.issue(ACTOR, realm.id, terms);
  keep(revoked.token);
  await operator.tokens.revoke(ACTOR, realm.id, revoked.record.id);

  // Registered with a token, changed, and with every token in every wrong place.
  const { body: client } = await send(register, 'POST', initial, BODY);
  const first = keep(client.registration_access_token);
  const own = { ...BODY, client_id: client.client_id };
  const { body: changed } = await send(client.registration_client_uri, 'PUT', first, own);
  const second = keep(changed.registration_access_token);
  for (const bearer of Array.from(secrets)) {
    await send(register, 'POST', bearer, { redirect_uris: [] });
    await send(`${register}?access_token=${encodeURIComponent(bearer)}`, 'POST', undefined, {
      access_token: bearer,
      registration_access_token: bearer,
      client_secret: bearer,
      client_id: bearer,
    });
    await send(`${register}?preview`, 'POST', bearer, {});
    if (bearer !== second) await send(client.registration_client_uri, 'DELETE', bearer);
    await send(client.registration_client_uri, 'PUT', second, { client_id: bearer, client_secret: bearer });
    await send(client.registration_client_uri, 'PUT', second, {
      ...own,
      client_secret: bearer,
      registration_access_token: bearer,
    });
    await send(client.registration_client_uri, 'PATCH', bearer, {});
    await send('/metrics', 'GET', bearer);
  }
  expect((await send(client.registration_client_uri, 'GET', second)).status).toBe(200);

  // Approved, exchanged, refreshed; and everything again, too late.
  const { client_id } = client;
  const arrived = await approve(authorizeUrl(app, client_id, { redirect_uri: CALLBACK }));
  keep(arrived.searchParams.get('code') ?? '');
  const tokens = await exchange(app, client_id, CALLBACK, arrived);
  keep(tokens.body.access_token);
  const refreshing = { grant_type: 'refresh_token', client_id };
  const refresh_token = keep(tokens.body.refresh_token);
  const next = await token(app, { ...refreshing, refresh_token });
  keep(next.body.access_token);
  keep(next.body.refresh_token);
  await exchange(app, client_id, CALLBACK, arrived);
  for (const secret of secrets) {
    await token(app, { ...refreshing, refresh_token: secret });
    await token(app, { grant_type: 'authorization_code', client_id, code: secret, code_verifier: secret });
    await token(app, { grant_type: secret, client_id: secret, client_secret: secret });
  }
  const { body: other } = await send(register, 'POST', initial, BODY);
  keep(other.registration_access_token);
  await send(other.registration_client_uri, 'DELETE', other.registration_access_token);
  await operator.clients.block(ACTOR, realm.id, client_id);
  await send(client.registration_client_uri, 'PUT', second, own);
  return secrets;
}

describe.each(['sqlite', 'postgres'] as const)('on %s', (kind) => {
  test(
    cite(
      'no secret stands in clear in the database, an event, the log or an error, and one that did would be found',
      'vestibule:secrets:registration-access-tokens',
      'vestibule:secrets:initial-access-tokens',
      'vestibule:secrets:events',
      'vestibule:secrets:logs',
      'vestibule:secrets:errors',
      'rfc6749:10.4:hashes',
      'rfc6749:10.5:hashes',
      'mcp:token-theft:storage',
    ),
    async () => {
      const app = await start(kind);
      const heard = overhear();
      const secrets = await live(app);
      expect(secrets.length).toBeGreaterThanOrEqual(13);
      for (const secret of secrets) expect(secret.length).toBeGreaterThan(10);
      const logged = (): readonly Kept[] => app.log.map((text) => ({ where: 'log', text }));
      const errors = heard
        .filter(({ status }) => status >= 400)
        .map(({ status, text }) => ({ where: String(status), text }));
      expect(errors.length).toBeGreaterThan(50);
      expect(app.log.length).toBeGreaterThan(50);
      const kept = await app.kept();
      expect(found(['Garden app', 'registration.accepted'], kept).length).toBeGreaterThanOrEqual(2);

      expect(found(secrets, kept)).toEqual([]);
      expect(found(secrets, await app.events())).toEqual([]);
      expect(found(secrets, logged())).toEqual([]);
      expect(found(secrets, errors)).toEqual([]);

      // Each secret, in each place.
      for (const secret of secrets) await plant(app, secret);
      const all = [...secrets];
      for (const [place, now] of [
        ['the database', await app.kept()],
        ['the events', await app.events()],
        ['the log', logged()],
      ] as const) {
        const seen = found(all, now).map((line) => line.slice(line.indexOf(': ') + 2));
        expect([place, [...new Set(seen)].toSorted()]).toEqual([place, all.toSorted()]);
      }
    },
  );
});

/** Writes a secret where none may be: into an event, the log, and a client. */
async function plant({ stores, realm, logger }: App, secret: string): Promise<void> {
  logger.info({ secret }, 'planted');
  const client: Client = {
    kind: 'dynamic',
    realm: realm.id,
    id: `dyn-${sha256(secret)}`,
    version: 1,
    name: 'Planted',
    redirectUris: [CALLBACK],
    grantTypes: ['authorization_code'],
    applicationType: 'web',
    issuedAt: Date.now(),
    registration: { accessTokenHash: secret },
  };
  await stores.clients.insert(client);
  await stores.audit.record({
    type: 'registration.refused',
    realm: realm.id,
    at: Date.now(),
    rule: 'x',
    description: secret,
  });
}
