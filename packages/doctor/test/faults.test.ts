import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { checks, examine, type ExamineOptions, type Report } from '../src/index.ts';
import { at, type Fault, headers, json, members, page, redirect } from './servers/answer.ts';
import { startServer } from './servers/right-server.ts';

const ISSUER = /^\/\.well-known\/(?:oauth-authorization-server|openid-configuration)$/;
const RESOURCE = '/.well-known/oauth-protected-resource/mcp';
const NO_CORS = { 'access-control-allow-origin': undefined };

const failedIn = ({ findings }: Report): readonly string[] =>
  findings.filter(({ outcome }) => outcome === 'failed').map(({ check }) => check);

const TRIED: ExamineOptions = { register: true, only: ['vs-code', 'use-mcp', 'zed'] };

test('finds no fault at a server that has none, and creates nothing there', async () => {
  const { target, clients } = await startServer();
  const report = await examine(target);
  expect(failedIn(report)).toEqual([]);
  expect(clients.size).toBe(0);
  expect(new Set(report.agents.map(({ verdict }) => verdict))).toEqual(new Set(['expected']));
});

test('finds no fault with registered clients at a server that has none, and deletes its own client', async () => {
  const { target, clients } = await startServer();
  const report = await examine(target, TRIED);
  expect(failedIn(report)).toEqual([]);
  expect([...clients.values()].flat()).not.toContain('http://127.0.0.1:3118/callback');
  expect(report.agents.filter(({ verdict }) => verdict === 'works').map(({ id }) => id)).toEqual([
    'use-mcp',
    'vs-code',
    'zed',
  ]);
});

/** A check, a fault that it finds, and the checks that fail as a consequence. */
type Seeded = [check: string, fault: Fault, also?: readonly string[]];

const READ_ONLY: Seeded[] = [
  ['transport.https', members(ISSUER, () => ({ jwks_uri: 'http://id.example/jwks' }))],
  [
    'transport.redirect',
    at(/^\/\.well-known\/oauth-protected-resource\/mcp/, (answer, { path }) =>
      path.endsWith('/') ? answer : redirect(`${path}/`),
    ),
    ['resource.metadata'],
  ],
  ['transport.rebinding', at('/mcp', (answer) => (answer.status === 404 ? json(401, {}) : answer))],
  [
    'transport.one-issuer',
    members(RESOURCE, (_, origin) => ({ authorization_servers: [origin, `${origin}/b`] })),
  ],
  [
    'challenge.status',
    at('/mcp', (answer, { method, headers: sent }) =>
      method === 'POST' && sent['authorization'] === undefined ? { ...answer, status: 403 } : answer,
    ),
  ],
  ['challenge.scheme', headers('/mcp', { 'www-authenticate': undefined }), ['challenge.error-code']],
  ['challenge.resource-metadata', headers('/mcp', { 'www-authenticate': 'Bearer error="invalid_token"' })],
  [
    'challenge.resource-metadata',
    headers('/mcp', {
      'www-authenticate': 'Bearer resource_metadata="file:///etc/passwd", error="invalid_token"',
    }),
  ],
  [
    'challenge.invalid-token',
    at('/mcp', (answer, { headers: sent }) => (sent['authorization'] === undefined ? answer : json(200, {}))),
  ],
  [
    'challenge.error-code',
    headers('/mcp', { 'www-authenticate': 'Bearer resource_metadata="https://x.invalid"' }),
  ],
  ['challenge.cors', headers('/mcp', NO_CORS)],
  ['challenge.cors-expose', headers('/mcp', { 'access-control-expose-headers': undefined })],
  ['resource.metadata', at(RESOURCE, () => page(404))],
  [
    'resource.well-known',
    at(/oauth-protected-resource/, (_, { path }, origin) =>
      path === RESOURCE
        ? page(404)
        : json(
            200,
            { resource: `${origin}/mcp`, authorization_servers: [origin], scopes_supported: ['notes'] },
            { 'access-control-allow-origin': '*' },
          ),
    ),
  ],
  ['resource.name', members(RESOURCE, ({ resource }) => ({ resource: `${String(resource)}/` }))],
  ['resource.authorization-servers', members(RESOURCE, () => ({ authorization_servers: undefined }))],
  ['resource.content-type', headers(RESOURCE, { 'content-type': 'text/plain' })],
  ['resource.cors', headers(RESOURCE, NO_CORS)],
  ['resource.scopes', members(RESOURCE, () => ({ scopes_supported: undefined }))],
  ['issuer.metadata', at(ISSUER, () => page(404))],
  ['issuer.well-known', at('/.well-known/oauth-authorization-server', () => page(404))],
  ['issuer.name', members(ISSUER, ({ issuer }) => ({ issuer: `${String(issuer)}/` }))],
  [
    'issuer.consistent',
    members('/.well-known/openid-configuration', (_, origin) => ({ token_endpoint: `${origin}/other` })),
  ],
  ['issuer.endpoints', members(ISSUER, () => ({ authorization_endpoint: '/authorize' }))],
  ['issuer.content-type', headers(ISSUER, { 'content-type': 'text/html' })],
  ['issuer.cors', headers(ISSUER, NO_CORS)],
  [
    'issuer.host',
    at(ISSUER, (answer, { headers: sent }, origin) => ({
      ...answer,
      body: answer.body.replaceAll(origin, `http://${sent['x-forwarded-host'] ?? new URL(origin).host}`),
    })),
  ],
  ['issuer.pkce', members(ISSUER, () => ({ code_challenge_methods_supported: undefined }))],
  ['issuer.pkce-plain', members(ISSUER, () => ({ code_challenge_methods_supported: ['S256', 'plain'] }))],
  ['issuer.response-types', members(ISSUER, () => ({ response_types_supported: ['code id_token'] }))],
  ['issuer.auth-methods', members(ISSUER, () => ({ token_endpoint_auth_methods_supported: undefined }))],
  ['issuer.code-grant', members(ISSUER, () => ({ grant_types_supported: ['refresh_token'] }))],
  ['issuer.refresh', members(ISSUER, () => ({ grant_types_supported: ['authorization_code'] }))],
  ['issuer.old-grants', members(ISSUER, () => ({ response_types_supported: ['code', 'id_token token'] }))],
  ['issuer.iss', members(ISSUER, () => ({ authorization_response_iss_parameter_supported: undefined }))],
  ['registration.offered', members(ISSUER, () => ({ registration_endpoint: undefined }))],
  ['registration.documents', members(ISSUER, () => ({ client_id_metadata_document_supported: undefined }))],
  [
    'registration.open',
    at('/register', (answer, { method }) => (method === 'POST' ? { ...answer, status: 401 } : answer)),
  ],
  [
    'registration.error-json',
    at('/register', (answer) => ({ ...answer, status: answer.status === 400 ? 500 : answer.status })),
  ],
  [
    'registration.cors',
    at('/register', (answer, { method }) => (method === 'OPTIONS' ? { ...answer, status: 405 } : answer)),
  ],
  ['token.error-json', headers('/token', { 'content-type': 'text/html' })],
  ['token.invalid-client', members('/token', () => ({ error: 'invalid_grant' }))],
  ['token.invalid-client-status', at('/token', (answer) => ({ ...answer, status: 400 }))],
  ['token.cors', headers('/token', NO_CORS)],
  ['token.no-store', headers('/token', { 'cache-control': undefined })],
  [
    'authorize.unknown-client',
    at('/authorize', (_, { query }) => redirect(`${query.get('redirect_uri')}?error=unauthorized_client`)),
  ],
  ['authorize.error-page', at('/authorize', () => json(400, { error: 'invalid_client' }))],
];

test.each<Seeded>(READ_ONLY)(
  cite(
    'finds the fault of %s without creating anything',
    'vestibule:doctor:each-fault',
    'vestibule:doctor:read-only',
  ),
  async (check, fault, also = []) => {
    const { target, clients } = await startServer(fault);
    const report = await examine(target);
    expect(failedIn(report)).toEqual([check, ...also].toSorted(byOrder));
    expect(clients.size).toBe(0);
  },
);

const isOwn = (query: URLSearchParams): boolean =>
  query.get('redirect_uri') === 'http://127.0.0.1:3118/callback';

const REGISTERED: Seeded[] = [
  [
    'registration.script-uri',
    at('/register', (answer, { body }) =>
      body.includes('javascript:') ? { ...answer, status: 201, body: '{"client_id":"x"}' } : answer,
    ),
  ],
  [
    'registration.invalid-redirect-uri',
    at('/register', (answer, { body }) =>
      body.includes('javascript:') ? json(400, { error: 'invalid_client_metadata' }) : answer,
    ),
  ],
  [
    'authorize.unregistered-redirect',
    at('/authorize', (answer, { query }) =>
      query.get('client_id')?.startsWith('client-') === true && answer.status === 400
        ? redirect(`${query.get('redirect_uri')}?error=invalid_request`)
        : answer,
    ),
    ['agents.redirects.refuses'],
  ],
  [
    'authorize.pkce-required',
    at('/authorize', (answer, { query }) => (query.has('code_challenge') ? answer : redirect('/sign-in'))),
  ],
  [
    'authorize.iss',
    at('/authorize', (answer, { query }) =>
      isOwn(query)
        ? { ...answer, headers: { location: (answer.headers['location'] ?? '').replace(/&iss=[^&]*/, '') } }
        : answer,
    ),
  ],
  [
    'authorize.state',
    at('/authorize', (answer, { query }) =>
      isOwn(query)
        ? { ...answer, headers: { location: (answer.headers['location'] ?? '').replace(/state=[^&]*/, '') } }
        : answer,
    ),
  ],
  ['authorize.framing', headers('/sign-in', { 'content-security-policy': undefined })],
  [
    'agents.registration.accepted',
    at('/register', (answer, { body }) =>
      body.includes('vscode') ? json(400, { error: 'invalid_redirect_uri' }) : answer,
    ),
  ],
  [
    'agents.registration.readable-by-page',
    at('/register', (answer, { method }) =>
      method === 'POST' && answer.status === 201
        ? { ...answer, headers: { 'content-type': 'application/json' } }
        : answer,
    ),
  ],
  ['agents.answer', members('/register', () => ({ client_uri: null }))],
  [
    'agents.metadata.authentication',
    members(ISSUER, () => ({ token_endpoint_auth_methods_supported: ['client_secret_basic'] })),
    ['issuer.auth-methods'],
  ],
  [
    'agents.document.accepted',
    at('/authorize', (answer, { query }) =>
      query.get('client_id')?.includes('zed.dev') === true ? page(400) : answer,
    ),
  ],
  [
    'agents.redirects.accepts',
    at('/authorize', (answer, { query }) =>
      query.get('redirect_uri')?.includes(':61234') === true ? page(400) : answer,
    ),
  ],
  [
    'agents.redirects.refuses',
    at('/authorize', (answer, { query }) =>
      query.get('redirect_uri')?.includes('/elsewhere') === true ? redirect('/sign-in') : answer,
    ),
  ],
];

test.each<Seeded>(REGISTERED)(
  cite('finds the fault of %s with a registered client', 'vestibule:doctor:each-fault'),
  async (check, fault, also = []) => {
    const { target } = await startServer(fault);
    expect(failedIn(await examine(target, TRIED))).toEqual([check, ...also].toSorted(byOrder));
  },
);

const order = checks.map(({ id }) => id);
const byOrder = (one: string, other: string): number => order.indexOf(one) - order.indexOf(other);

test('every check has a seeded fault, here or in the tests of connections', () => {
  const seeded = new Set([...READ_ONLY, ...REGISTERED].map(([check]) => check));
  const elsewhere = ['transport.response', 'transport.certificate'];
  expect([...seeded, ...elsewhere].toSorted(byOrder)).toEqual([...order].toSorted(byOrder));
});
