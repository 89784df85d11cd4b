import { cite } from '@vestibule/requirements';
import type { Realm } from '@vestibule/core/realm';
import { describe, expect, test } from 'vitest';
import { createAuthorizationServer, metadataPaths, pathAt } from '../src/index.ts';
import { realmThatAsks, USERINFO } from './apis.ts';
import { ISSUER, NOW, realmWith, setUp } from './set-up.ts';

/** `none` comes first. */
const METHODS = ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'];
const ALGORITHMS = expect.arrayContaining(['ES256', 'RS256', 'EdDSA']);

const read = async (world: ReturnType<typeof setUp>, path = '/.well-known/oauth-authorization-server') => {
  const route = world.server.routes.find((candidate) => candidate.path === path);
  const response = await route?.endpoint(new Request(`${ISSUER}${path}`), { ip: '' });
  return { status: response?.status, headers: response?.headers, body: await response?.json() };
};

test(
  cite(
    'advertises what is enforced',
    'vestibule:gates:advertised',
    'rfc8414:2:issuer',
    'rfc8414:2:endpoints',
    'rfc8414:2:registration',
    'rfc8414:2:scopes',
    'rfc8414:2:auth-methods',
    'rfc8414:2:code-challenge-methods',
    'rfc9207:3:advertised',
    'rfc9207:2.3:same',
    'rfc9700:2.1.1:advertised',
    'rfc9700:2.6:metadata',
    'mcp:authorization-response-validation:advertised',
    'mcp:authorization-code-protection:advertised',
    'rfc8414:2:revocation',
    'rfc8414:2:introspection',
    'rfc8414:2:auth-algorithms',
    'oidc-discovery:3:userinfo',
    'oidc-discovery:3:algorithms',
    'oidc-discovery:3:subject-types',
    'rfc9126:5:endpoint',
  ),
  async () => {
    const { status, headers, body } = await read(setUp(await realmThatAsks()));
    expect(status).toBe(200);
    expect(headers?.get('access-control-allow-origin')).toBe('*');
    expect(body).toEqual({
      issuer: ISSUER,
      authorization_endpoint: `${ISSUER}/connect/authorize`,
      pushed_authorization_request_endpoint: `${ISSUER}/connect/par`,
      token_endpoint: `${ISSUER}/connect/token`,
      jwks_uri: `${ISSUER}/connect/jwks`,
      revocation_endpoint: `${ISSUER}/connect/revoke`,
      revocation_endpoint_auth_methods_supported: METHODS,
      revocation_endpoint_auth_signing_alg_values_supported: ALGORITHMS,
      introspection_endpoint: `${ISSUER}/connect/introspect`,
      introspection_endpoint_auth_methods_supported: ['client_secret_basic'],
      userinfo_endpoint: `${ISSUER}/connect/userinfo`,
      registration_endpoint: `${ISSUER}/connect/register`,
      scopes_supported: ['read', 'write', 'mail', 'openid', 'profile', 'email'],
      response_types_supported: ['code'],
      response_modes_supported: ['query', 'form_post'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_methods_supported: METHODS,
      token_endpoint_auth_signing_alg_values_supported: ALGORITHMS,
      code_challenge_methods_supported: ['S256'],
      prompt_values_supported: ['none', 'login', 'consent', 'select_account'],
      request_uri_parameter_supported: false,
      authorization_response_iss_parameter_supported: true,
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
    });
  },
);

test(
  cite(
    'is the same at every well-known form',
    'rfc8414:3:host',
    'mcp:authorization-server-metadata-discovery:host',
    'mcp:overview:server-metadata',
    'mcp:authorization-code-protection:advertised',
    'oidc-discovery:4:document',
  ),
  async () => {
    const world = setUp();
    const documents = await Promise.all(metadataPaths(ISSUER).map((path) => read(world, path)));
    expect(documents).toHaveLength(2);
    expect(new Set(documents.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  },
);

test(
  cite(
    'names no registration endpoint while registration is closed, and no empty list',
    'vestibule:gates:advertised',
    'rfc8414:3.2:no-empty-lists',
    'rfc8414:2:registration',
  ),
  async () => {
    const world = setUp();
    await world.change({ ...realmWith({ realm: false }), scopes: [] });
    const { body } = await read(world);
    expect(body).not.toHaveProperty('registration_endpoint');
    expect(body).not.toHaveProperty('scopes_supported');
  },
);

describe(cite('names nothing that this realm cannot do', 'vestibule:gates:advertised'), () => {
  const [notes, mail] = realmWith().apis;
  const userinfo = { id: 'userinfo', name: 'You', resource: USERINFO, openToDynamicClients: false };

  test.each<[string, Partial<Realm>, object]>([
    ['userinfo is no API', {}, { userinfo_endpoint: undefined }],
    [
      'userinfo is an API without openid',
      { apis: [{ ...userinfo, scopes: ['read'] }] },
      { userinfo_endpoint: undefined },
    ],
    [
      'userinfo is an API for the operator’s own clients',
      { apis: [{ ...userinfo, scopes: ['openid'] }] },
      { userinfo_endpoint: USERINFO, scopes_supported: undefined },
    ],
    [
      'no API can ask about tokens',
      {},
      { introspection_endpoint: undefined, introspection_endpoint_auth_methods_supported: undefined },
    ],
    [
      'the secrets of every API were revoked',
      { apis: realmWith().apis.map((api) => Object.assign({}, api, { secretHashes: [] })) },
      { introspection_endpoint: undefined, introspection_endpoint_auth_methods_supported: undefined },
    ],
    ['an API is closed', { apis: realmWith({ notes: false }).apis }, { scopes_supported: ['mail'] }],
    [
      'an API was removed',
      { apis: [notes, mail].slice(0, 1).flatMap((api) => api ?? []) },
      { scopes_supported: ['read', 'write'] },
    ],
    [
      'registration is closed',
      { settings: realmWith({ realm: false }).settings },
      { scopes_supported: undefined },
    ],
    ['no API takes bound tokens', {}, { dpop_signing_alg_values_supported: undefined }],
  ])('where %s', async (_, changed, members) => {
    const world = setUp({ ...realmWith(), ...changed });
    const { body } = await read(world);
    expect(body).toMatchObject(
      Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)),
    );
    for (const [member, value] of Object.entries(members)) {
      if (value === undefined) expect(body).not.toHaveProperty(member);
    }
  });
});

describe('an issuer with a path', () => {
  const issuer = 'https://id.example/realms/acme';
  test(
    cite(
      'has its metadata before and after the path',
      'rfc8414:3:path',
      'rfc8414:5:openid-configuration',
      'mcp:authorization-server-metadata-discovery:path',
    ),
    () => {
      expect(metadataPaths(issuer)).toEqual([
        '/.well-known/oauth-authorization-server/realms/acme',
        '/realms/acme/.well-known/oauth-authorization-server',
        '/.well-known/openid-configuration/realms/acme',
        '/realms/acme/.well-known/openid-configuration',
      ]);
    },
  );
  test('has its endpoints below it', () => {
    expect(pathAt(issuer, 'token')).toBe('/realms/acme/connect/token');
  });
});

test('names no registration endpoint if none exists', async () => {
  const world = setUp();
  const { registration: _none, ...options } = world.options;
  const server = createAuthorizationServer(options);
  const response = await server.metadata(new Request(ISSUER), { ip: '' });
  expect(await response.json()).not.toHaveProperty('registration_endpoint');
  expect(server.routes.map(({ path }) => path)).not.toContain('/connect/register');
});

test('several servers on one store make one key and sign with it', async () => {
  const { options } = setUp();
  const servers = Array.from({ length: 20 }, () => createAuthorizationServer(options));
  const sets = await Promise.all(
    servers.map(async (server) => (await server.jwks(new Request(ISSUER), { ip: '' })).json()),
  );
  expect(new Set(sets.map((set) => JSON.stringify(set))).size).toBe(1);
  expect(sets[0].keys).toEqual([
    {
      kty: 'EC',
      crv: 'P-256',
      x: expect.any(String),
      y: expect.any(String),
      alg: 'ES256',
      use: 'sig',
      kid: expect.any(String),
    },
  ]);
});

describe('a document of the realm', () => {
  const INFO = { ip: '' };
  const asked = (etag?: string | null): Request =>
    new Request(ISSUER, { headers: typeof etag === 'string' ? { 'if-none-match': etag } : {} });

  test.each(['metadata', 'jwks'] as const)('is not sent again while it has not changed: %s', async (name) => {
    const { server } = setUp();
    const first = await server[name](asked(), INFO);
    const etag = first.headers.get('etag');
    expect(etag).toMatch(/^"[\w-]{43}"$/);
    const second = await server[name](asked(etag), INFO);
    expect([second.status, second.headers.get('etag'), second.body]).toEqual([304, etag, null]);
    expect(second.headers.get('cache-control')).toBe(first.headers.get('cache-control'));
    expect(second.headers.get('access-control-allow-origin')).toBe('*');
  });

  test(
    cite(
      'is asked for each time by caches, so that a closed gate is seen at once',
      'vestibule:gates:advertised',
    ),
    async () => {
      const world = setUp();
      const another = createAuthorizationServer(world.options);
      const first = await world.server.metadata(asked(), INFO);
      expect(first.headers.get('cache-control')).toBe('no-cache');
      const etag = first.headers.get('etag');
      expect((await another.metadata(asked(etag), INFO)).status).toBe(304);
      await world.change(realmWith({ realm: false }));
      for (const server of [world.server, another]) {
        const changed = await server.metadata(asked(etag), INFO);
        expect(changed.status).toBe(200);
        expect(await changed.json()).not.toHaveProperty('registration_endpoint');
      }
      await world.change(realmWith());
      expect((await another.metadata(asked(etag), INFO)).status).toBe(304);
    },
  );

  test.each([
    [3_600, 'public, max-age=300'],
    [60, 'public, max-age=60'],
    [0, 'no-cache'],
  ])(
    'lets caches use the keys for less time than new keys are published before they sign: %i seconds',
    async (publishBefore, expected) => {
      const { server } = setUp(realmWith({}, { keys: { publishBefore } }));
      expect((await server.jwks(asked(), INFO)).headers.get('cache-control')).toBe(expected);
    },
  );

  test('has the new key at once if the keys were declared compromised', async () => {
    const world = setUp();
    const first = await world.server.jwks(asked(), INFO);
    world.pass(1);
    const keys = { replaceMadeBefore: NOW + 1, compromised: true };
    await world.change(realmWith({}, { keys }));
    const changed = await world.server.jwks(asked(first.headers.get('etag')), INFO);
    expect(changed.status).toBe(200);
    const kidsOf = ({ keys: found }: { keys: readonly { kid: string }[] }) => found.map(({ kid }) => kid);
    expect(kidsOf(await changed.json())).not.toContain(kidsOf(await first.json())[0]);
  });
});
