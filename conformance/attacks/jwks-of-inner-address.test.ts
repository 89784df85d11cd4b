/**
 * Server-side request forgery through keys: the name in the `jwksUri` of a client or of a statement issuer points to the inside of the
 * server's network, because its domain was taken over or an operator was talked into it. Anyone then makes the server send a request
 * there, with a worthless assertion or statement. Or a stranger names such a URL in a metadata document, or URLs of another website,
 * which the server then asks without end.
 *
 * @see {@link https://cwe.mitre.org/data/definitions/918.html CWE-918}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8725#section-3.10 RFC 8725 §3.10}
 *
 * Taken out: packages/node/src/create-vestibule.ts: `guardedFetch = lazyGuardedFetch()` → `guardedFetch = { fetch: async ({ url }) => ({ ok: true, status: 'fetched', body: await (await fetch(url)).json(), bytes: 0, freshness: {} }) }`
 * Then fails: fetches no keys from inside
 *
 * Taken out: packages/cimd/src/node/address/judged-address.ts: `chosenBy === 'operator' ? [...allow, ...allowOperators] : allow` → `[...allow, ...allowOperators]`
 * Then fails: fetches nothing for strangers from a network that is allowed for keys
 *
 * Taken out: packages/core/src/audit/record-keys-unavailable.ts: `if (isKeysUnavailable(error)) {` → `if (false) {`
 * Then fails: fetches no keys from inside
 *
 * Taken out: packages/cimd/src/node/address/judged-address.ts: `if (!judgment.allowed) {` → `if (false) {`
 * Then fails: fetches no keys from inside that a document names
 * Taken out: packages/cimd/src/fetch-keys.ts: `chosenBy: 'stranger'` → `chosenBy: 'operator'`
 * Then fails: fetches no keys that a document names from a network that is allowed for keys
 * Taken out: packages/cimd/src/fetch-governor.ts: `isWithin(ofHost, PER_HOST)` → `true`
 * Then fails: does not ask one host for keys without end
 */
import type { FetchOutcome, GuardedFetch } from '@vestibule/cimd';
import { createGuardedFetch, type GuardedFetchOptions } from '@vestibule/cimd/node';
import type { AuditEvent } from '@vestibule/core/audit';
import { createCertificateAuthority } from '@vestibule/testing/certificates';
import { respondWithJson, startHttpsHost } from '@vestibule/testing/https-host';
import { authorizeUrl, register, token } from '@vestibule/testing/oauth';
import { STATEMENT_ISSUER, statementAt } from '@vestibule/testing/statement-issuer';
import { expect, test } from 'vitest';
import { OPEN_SEED, type OpenAppOptions, startApp, type TestApp } from '../support/app.ts';
import { withAssertion } from './support/document-key.ts';

const CALLBACK = 'https://vouched.example/cb';

/** Starts a server with a client and a statement issuer whose keys are at a URL. */
function startWithKeysAt(jwksUri: string, options: OpenAppOptions): Promise<TestApp> {
  const { jwks: _jwks, ...issuer } = STATEMENT_ISSUER;
  const { realm, ...others } = OPEN_SEED;
  const { registration } = realm.settings ?? {};
  const softwareStatements = { issuers: [{ ...issuer, jwksUri }] };
  const client = {
    id: 'acme',
    name: 'Acme',
    redirectUris: [CALLBACK],
    authentication: { method: 'private_key_jwt', jwksUri },
    access: [{ resource: '/mcp', scopes: ['notes:read'] }],
  } as const;
  const settings = {
    ...realm.settings,
    registration: { ...registration, softwareStatements },
    metadataDocuments: { open: true },
  };
  return startApp({ ...others, realm: { ...realm, settings }, clients: [client] }, options);
}

/** The response to a refresh by the client, which is refused at last, because it has no token. */
async function refresh(app: TestApp) {
  const now = Date.now();
  const claims = {
    iss: 'acme',
    sub: 'acme',
    aud: app.issuer,
    jti: 'once',
    exp: Math.floor(now / 1_000) + 60,
  };
  return token(app, {
    grant_type: 'refresh_token',
    refresh_token: 'x',
    ...withAssertion(await statementAt(now, claims)),
  });
}

const registerWithStatement = async (app: TestApp) =>
  register(app, { redirect_uris: [CALLBACK], software_statement: await statementAt(Date.now()) });

test.each(['127.0.0.1', '0x7f.1', 'localhost', '[::ffff:127.0.0.1]'])(
  'fetches no keys from inside: %s',
  async (name) => {
    const authority = createCertificateAuthority();
    const certificate = authority.issue({ hosts: ['127.0.0.1', 'localhost'] });
    const host = await startHttpsHost(certificate, respondWithJson(STATEMENT_ISSUER.jwks));
    const events: AuditEvent[] = [];
    const app = await startWithKeysAt(`https://${name}:${host.port}/jwks`, {
      onEvent: (event) => events.push(event),
    });
    const unavailable = { error: 'temporarily_unavailable' };
    expect(await refresh(app)).toMatchObject({ status: 503, body: unavailable });
    const registered = await registerWithStatement(app);
    expect(registered).toMatchObject({ status: 503, body: unavailable });
    expect(JSON.stringify(registered.body)).not.toMatch(/address|127|keys/);
    expect(host.connections()).toBe(0);
    expect(events.filter(({ type }) => type === 'jwks.unavailable')).toMatchObject([
      { owner: "the client 'acme'", reason: 'address', detail: expect.stringContaining('127.0.0.0/8') },
      { owner: "the trusted issuer 'https://vouch.example'", reason: 'address' },
    ]);
  },
);

test('fetches nothing for strangers from a network that is allowed for keys', async () => {
  const authority = createCertificateAuthority();
  const certificate = authority.issue({ hosts: ['keys.example'] });
  const host = await startHttpsHost(certificate, respondWithJson(STATEMENT_ISSUER.jwks));
  const guardedFetch = createGuardedFetch({
    resolver: { resolve: async () => ['127.0.0.1'] },
    ca: authority.cert,
    allowOperators: ['127.0.0.0/8'],
  });
  const origin = `https://keys.example:${host.port}`;
  const app = await startWithKeysAt(`${origin}/jwks`, { guardedFetch });

  const page = await fetch(authorizeUrl(app, `${origin}/client.json`, { redirect_uri: CALLBACK }));
  expect([page.status, host.connections()]).toEqual([503, 0]);

  expect(await refresh(app)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  expect(await registerWithStatement(app)).toMatchObject({ status: 201 });
  expect(host.requests.map((request) => request.split(' ')[1])).toEqual(['/jwks', '/jwks']);
});

const AGENT = 'https://agent.example/client.json';

/** A fetch that finds the documents of all websites, and the keys of a client with a document through the guard. */
function fetchOfDocuments(jwksUri: (clientId: string) => string, options: GuardedFetchOptions = {}) {
  const asked: string[] = [];
  const guard = createGuardedFetch(options);
  const documentAt = (url: string): FetchOutcome => {
    const described = { client_id: url, client_name: 'Described', redirect_uris: [CALLBACK] };
    const body = { ...described, token_endpoint_auth_method: 'private_key_jwt', jwks_uri: jwksUri(url) };
    const freshness = { noStore: false, noCache: false, mustRevalidate: false };
    return { ok: true, status: 'fetched', body, bytes: 1, freshness };
  };
  const guardedFetch: GuardedFetch = {
    fetch: async (request) => {
      if (request.accept !== 'jwks') return documentAt(request.url);
      asked.push(request.url);
      return guard.fetch(request);
    },
  };
  return { guardedFetch, asked };
}

/** Has the client of a document known, and sends an assertion of it, whose keys the server needs. */
async function assertFor(app: TestApp, clientId: string, from = '192.0.2.1') {
  const headers = { 'x-forwarded-for': from };
  const page = await fetch(authorizeUrl(app, clientId, { redirect_uri: CALLBACK }), {
    headers,
    redirect: 'manual',
  });
  expect(page.status).toBe(303);
  const now = Date.now();
  const exp = Math.floor(now / 1_000) + 60;
  const claims = { iss: clientId, sub: clientId, aud: app.issuer, jti: crypto.randomUUID(), exp };
  const response = await fetch(`${app.issuer}/connect/token`, {
    method: 'POST',
    headers,
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: 'x',
      ...withAssertion(await statementAt(now, claims)),
    }),
  });
  return { status: response.status, body: await response.json() };
}

test.each(['127.0.0.1', '0x7f.1', 'localhost', '[::ffff:127.0.0.1]'])(
  'fetches no keys from inside that a document names: %s',
  async (name) => {
    const certificate = createCertificateAuthority().issue({ hosts: ['127.0.0.1', 'localhost'] });
    const host = await startHttpsHost(certificate, respondWithJson(STATEMENT_ISSUER.jwks));
    const events: AuditEvent[] = [];
    const { guardedFetch, asked } = fetchOfDocuments(() => `https://${name}:${host.port}/jwks`);
    const app = await startWithKeysAt('https://keys.example/jwks', {
      guardedFetch,
      trustProxy: 1,
      onEvent: (event) => events.push(event),
    });
    const response = await assertFor(app, AGENT);
    expect(response).toMatchObject({ status: 503, body: { error: 'temporarily_unavailable' } });
    expect(JSON.stringify(response.body)).not.toMatch(/address|127|keys/);
    expect(asked).toHaveLength(1);
    expect(host.connections()).toBe(0);
    expect(events.filter(({ type }) => type === 'jwks.unavailable')).toMatchObject([{ reason: 'address' }]);
  },
);

test('fetches no keys that a document names from a network that is allowed for keys', async () => {
  const authority = createCertificateAuthority();
  const certificate = authority.issue({ hosts: ['keys.example'] });
  const host = await startHttpsHost(certificate, respondWithJson(STATEMENT_ISSUER.jwks));
  const origin = `https://keys.example:${host.port}`;
  const { guardedFetch } = fetchOfDocuments(() => `${origin}/jwks`, {
    resolver: { resolve: async () => ['127.0.0.1'] },
    ca: authority.cert,
    allowOperators: ['127.0.0.0/8'],
  });
  const app = await startWithKeysAt(`${origin}/jwks`, { guardedFetch, trustProxy: 1 });
  expect((await assertFor(app, AGENT)).status).toBe(503);
  expect(host.connections()).toBe(0);
  expect(await refresh(app)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
});

test('does not ask one host for keys without end', async () => {
  const victim = (clientId: string): string => `https://victim.example/?${encodeURIComponent(clientId)}`;
  const { guardedFetch, asked } = fetchOfDocuments(victim, { resolver: { resolve: async () => [] } });
  const app = await startWithKeysAt('https://keys.example/jwks', { guardedFetch, trustProxy: 1 });
  for (let number = 0; number < 40; number += 1) {
    const clientId = `https://h${number}.example/client.json`;
    expect((await assertFor(app, clientId, `10.${number}.0.1`)).status).toBe(503);
  }
  expect(asked).toHaveLength(30);
});
