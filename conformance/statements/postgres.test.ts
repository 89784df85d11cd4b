import { createOperator } from '@vestibule/core/operator';
import { randomToken, sha256 } from '@vestibule/http';
import { createVestibule, type Vestibule } from '@vestibule/node';
import { createPostgresStores, type Database, openDatabase, type StatementEvent } from '@vestibule/postgres';
import { createPostgresRateLimiter } from '@vestibule/rate-limit';
import { type Browser, handedBack, newBrowser } from '@vestibule/testing/browser';
import { NOW } from '@vestibule/testing/now';
import { OPEN_REALM } from '@vestibule/testing/open-seed';
import { ACTOR } from '@vestibule/testing/operator';
import { CHALLENGE, VERIFIER } from '@vestibule/testing/pkce';
import { startPostgres, type TestPostgres } from '@vestibule/testing/postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ISSUER = 'https://id.example';
const RESOURCE = `${ISSUER}/mcp`;
const CALLBACK = 'http://127.0.0.1:4711/cb';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/**
 * What each request of a flow does in the database: the statements of each round trip. A commit is one statement, whatever it
 * changes, and reads of one round trip were sent together. A person is signed in, and the keys are made.
 */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  register: ['realms.find', 'commit-changes'],
  'GET /connect/authorize': ['clients.find + realms.find + sessions.find', 'commit-changes'],
  'GET /connect/consent': [
    'interactions.find + realms.find + sessions.find',
    'clients.find + grants.list-of-one-client',
  ],
  'POST /connect/consent': [
    'interactions.find + realms.find + sessions.find',
    'clients.find + grants.list-of-one-client',
    'commit-changes',
  ],
  'GET /connect/hand-back': ['interactions.find + realms.find', 'clients.find'],
  exchange: ['clients.find + codes.find + grants.find-unopened + keys.list + realms.find', 'commit-changes'],
  refresh: ['clients.find + grants.find-by-refresh-token + keys.list + realms.find', 'commit-changes'],
  introspect: ['realms.find', 'keys.list', 'clients.find + grants.find + revoked-tokens.has'],
  revoke: ['realms.find', 'clients.find', 'grants.find-by-refresh-token', 'commit-changes'],
  metadata: ['realms.find', 'keys.list'],
  jwks: ['realms.find', 'keys.list'],
};

let postgres: TestPostgres;
let database: Database;
let vestibule: Vestibule;
let told: StatementEvent[] = [];
const measured: Record<string, readonly string[]> = {};

/** Sends a request, and notes the statements of each of its round trips. */
async function send(request: Request, operation?: string): Promise<Response> {
  told = [];
  const response = await vestibule.handle(request, { ip: '192.0.2.1' });
  if (response === undefined) throw new Error(`There is nothing at ${request.url}.`);
  const trips = Map.groupBy(told, ({ trip }) => trip);
  measured[operation ?? `${request.method} ${new URL(request.url).pathname}`] = [...trips.values()].map(
    (statements) =>
      statements
        .map(({ name }) => name)
        .toSorted()
        .join(' + '),
  );
  return response;
}

const post = async (operation: string, path: string, fields: Record<string, string>, headers = {}) => {
  const request = new Request(`${ISSUER}${path}`, {
    method: 'POST',
    headers: { ...FORM, ...headers },
    body: new URLSearchParams(fields),
  });
  const response = await send(request, operation);
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response;
};

async function register(name: string): Promise<string> {
  const metadata = { redirect_uris: [CALLBACK], client_name: name };
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify(metadata);
  const request = new Request(`${ISSUER}/connect/register`, { method: 'POST', headers, body });
  return (await (await send(request, 'register')).json()).client_id;
}

/** The code of a new authorization. */
async function authorize(browser: Browser, clientId: string): Promise<string> {
  const url = new URL(`${ISSUER}/connect/authorize`);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: CALLBACK,
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    resource: RESOURCE,
  }).toString();
  const page = await browser.signIn(await browser.open(url));
  const last = await browser.decide(page, 'approve');
  const arrived = last.away ?? handedBack(last);
  if (arrived === undefined) throw new Error(`The page says: ${last.page.text}`);
  return arrived.searchParams.get('code') ?? '';
}

async function flow(browser: Browser, name: string, apiSecret: string): Promise<void> {
  const clientId = await register(name);
  const exchanged = await post('exchange', '/connect/token', {
    grant_type: 'authorization_code',
    client_id: clientId,
    code: await authorize(browser, clientId),
    redirect_uri: CALLBACK,
    code_verifier: VERIFIER,
    resource: RESOURCE,
  });
  const refreshed = await post('refresh', '/connect/token', {
    grant_type: 'refresh_token',
    client_id: clientId,
    refresh_token: (await exchanged.json()).refresh_token,
  });
  const { access_token: accessToken, refresh_token: refreshToken } = await refreshed.json();
  const authorization = `Basic ${btoa(`notes:${apiSecret}`)}`;
  await post('introspect', '/connect/introspect', { token: accessToken }, { authorization });
  await send(new Request(`${ISSUER}/.well-known/oauth-authorization-server`), 'metadata');
  await send(new Request(`${ISSUER}/connect/jwks`), 'jwks');
  await post('revoke', '/connect/revoke', { token: refreshToken, client_id: clientId });
}

beforeAll(async () => {
  postgres = await startPostgres();
  database = await openDatabase({
    url: await postgres.createDatabase(),
    onStatement: (event) => void told.push(event),
  });
  vestibule = await createVestibule({
    database: { stores: createPostgresStores(database), limiter: createPostgresRateLimiter(database) },
    realms: [
      {
        ...OPEN_REALM,
        realm: { ...OPEN_REALM.realm, issuer: ISSUER },
        apis: [{ ...OPEN_REALM.apis[0], resource: RESOURCE }],
      },
    ],
    clock: () => NOW,
    onWarning: () => undefined,
  });
  const options = { ...vestibule.stores, clock: () => NOW, generateToken: randomToken, hash: sha256 };
  const issued = await createOperator(options).apis.issueSecret(ACTOR, 'test', 'notes');
  if (issued.outcome !== 'issued') throw new Error(issued.outcome);
  const browser = newBrowser((request) => send(request));
  // The first flow signs in, and makes the keys.
  await flow(browser, 'first', issued.secret);
  for (const operation of Object.keys(measured)) delete measured[operation];
  await flow(browser, 'second', issued.secret);
});

afterAll(async () => {
  await vestibule.stop();
  await database.close();
  await postgres.stop();
});

test('each request of a flow makes these round trips, with these statements', () => {
  expect(measured).toEqual(EXPECTED);
});
