import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { cite } from '@vestibule/requirements';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ApiTerms } from './options.ts';
import { createResourceServer } from './resource-server.ts';

const issuer = 'https://id.example';
const resource = 'https://notes.example/mcp';

let keys: Awaited<ReturnType<typeof generateKeyPair>>;
let strangerKeys: Awaited<ReturnType<typeof generateKeyPair>>;
let otherKeys: Awaited<ReturnType<typeof generateKeyPair>>;
let jwks: object;
beforeAll(async () => {
  keys = await generateKeyPair('ES256', { extractable: true });
  strangerKeys = await generateKeyPair('ES256', { extractable: true });
  otherKeys = await generateKeyPair('ES384', { extractable: true });
  jwks = {
    keys: [
      { ...(await exportJWK(keys.publicKey)), kid: 'k', alg: 'ES256' },
      { ...(await exportJWK(otherKeys.publicKey)), kid: 'other-algorithm', alg: 'ES384' },
    ],
  };
});

const now = () => Math.floor(Date.now() / 1000);

function jwt(
  claims: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
  key = keys.privateKey,
): Promise<string> {
  const payload = {
    iss: issuer,
    sub: 'ada',
    aud: resource,
    client_id: 'app',
    scope: 'read write',
    jti: 'j',
    iat: now(),
    exp: now() + 900,
    ...claims,
  };
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'k', ...header })
    .sign(key);
}

function server(options: Partial<Parameters<typeof createResourceServer>[0]> = {}) {
  const asked: string[] = [];
  const fetch = async (url: string) => {
    asked.push(url);
    return Response.json(jwks);
  };
  const resourceServer = createResourceServer({
    issuer,
    resource,
    name: 'Notes',
    scopes: ['read'],
    fetch,
    ...options,
  });
  const admit = (authorization?: string, scopes?: string[]) =>
    resourceServer.admit(
      new Request(resource, { headers: authorization === undefined ? {} : { authorization } }),
      scopes,
    );
  return { ...resourceServer, admit, asked };
}

const metadataUrl = 'https://notes.example/.well-known/oauth-protected-resource/mcp';

test(
  cite(
    'accepts a valid token and returns its content',
    'rfc6750:2.1:header',
    'oauth2.1:5.1.1:header',
    'rfc9068:4:keys-cached',
    'mcp:token-requirements:header',
  ),
  async () => {
    const { admit, asked } = server();
    const exp = now() + 900;
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
      expect(await admit(`${scheme} ${await jwt({ exp })}`)).toEqual({
        ok: true,
        token: { subject: 'ada', clientId: 'app', scopes: ['read', 'write'], expiresAt: exp, id: 'j' },
      });
    }
    expect(asked).toEqual(['https://id.example/connect/jwks']);
  },
);

test('a bare origin is one resource with and without its slash', async () => {
  const { admit } = server({ resource: 'https://notes.example/' });
  expect(await admit(`Bearer ${await jwt({ aud: 'https://notes.example' })}`)).toMatchObject({ ok: true });
});

test.each([undefined, 'Basic YTpi', 'DPoP x'])(
  cite(
    'without a token (%s) it says where to get one, and nothing of an error',
    'rfc6750:3:challenge',
    'rfc6750:3:no-error',
    'rfc6750:3:scope',
    'rfc9728:5.1:resource-metadata',
    'mcp:scope-selection-strategy:challenge',
    'mcp:error-handling:unauthorized',
    'mcp:protected-resource-metadata-discovery-requirements:challenge',
  ),
  async (authorization) => {
    const admission = await server().admit(authorization);
    const response = admission.ok ? undefined : admission.response;
    expect(response?.status).toBe(401);
    expect(response?.headers.get('www-authenticate')).toBe(
      `Bearer scope="read", resource_metadata="${metadataUrl}"`,
    );
    expect(response?.headers.get('access-control-expose-headers')).toBe('www-authenticate, dpop-nonce');
  },
);

test('without a token it asks for what the request needs, besides what it always asks for', async () => {
  const admission = await server().admit(undefined, ['write']);
  const response = admission.ok ? undefined : admission.response;
  expect(response?.headers.get('www-authenticate')).toContain('scope="read write"');
});

describe('refuses', () => {
  const table: [string, () => string | Promise<string>][] = [
    ['no token', () => 'Bearer '],
    [cite('what is no token', 'rfc6750:2.1:form'), () => 'Bearer a b'],
    [cite('nonsense', 'rfc6750:2.1:form'), () => 'Bearer nonsense'],
    [
      cite(
        'a token for another API',
        'rfc9068:4:audience',
        'rfc6750:5.2:audience',
        'rfc9700:4.10.2:audience',
        'mcp:token-handling:audience',
      ),
      async () => `Bearer ${await jwt({ aud: 'https://mail.example' })}`,
    ],
    [
      cite('a token for this API and another', 'rfc9068:4:audience'),
      async () => `Bearer ${await jwt({ aud: [resource, 'https://mail.example'] })}`,
    ],
    ['a token for a path below', async () => `Bearer ${await jwt({ aud: `${resource}/x` })}`],
    ['a token for a path with a slash more', async () => `Bearer ${await jwt({ aud: `${resource}/` })}`],
    ['a token without a subject', async () => `Bearer ${await jwt({ aud: undefined })}`],
    [
      cite('a token by another issuer', 'rfc9068:4:issuer', 'mcp:token-handling:others'),
      async () => `Bearer ${await jwt({ iss: 'https://evil.example' })}`,
    ],
    [
      cite('an expired token', 'rfc9068:4:expiry', 'mcp:token-handling:invalid'),
      async () => `Bearer ${await jwt({ exp: now() - 10 })}`,
    ],
    [
      cite('a token that never expires', 'rfc9068:4:expiry'),
      async () => `Bearer ${await jwt({ exp: undefined })}`,
    ],
    ['a token not yet valid', async () => `Bearer ${await jwt({ nbf: now() + 60 })}`],
    [
      cite('an ID token', 'rfc9068:4:typ', 'rfc9068:5:id-tokens'),
      async () => `Bearer ${await jwt({}, { typ: 'JWT' })}`,
    ],
    [cite('a token of no type', 'rfc9068:4:typ'), async () => `Bearer ${await jwt({}, { typ: undefined })}`],
    [
      cite('a token without a subject', 'rfc9068:4:claims'),
      async () => `Bearer ${await jwt({ sub: undefined })}`,
    ],
    [
      cite('a token without a client', 'rfc9068:4:claims'),
      async () => `Bearer ${await jwt({ client_id: undefined })}`,
    ],
    [
      cite('a token with another key', 'rfc9068:4:signature'),
      async () => `Bearer ${await jwt({}, {}, strangerKeys.privateKey)}`,
    ],
    [
      cite('a token by an algorithm that is not expected', 'rfc9068:4:algorithm'),
      async () => `Bearer ${await jwt({}, { alg: 'ES384', kid: 'other-algorithm' }, otherKeys.privateKey)}`,
    ],
    ['a token by an unknown key', async () => `Bearer ${await jwt({}, { kid: 'other' })}`],
    [
      cite('a token that brings its own key', 'rfc9068:4:own-keys'),
      async () =>
        `Bearer ${await jwt({}, { kid: undefined, jwk: await exportJWK(strangerKeys.publicKey) }, strangerKeys.privateKey)}`,
    ],
    [
      cite('alg none', 'rfc9068:4:none'),
      async () => `Bearer ${unsigned({ alg: 'none', typ: 'at+jwt' }, await jwt())}`,
    ],
    [
      cite('the public key as a secret', 'rfc9068:4:algorithm'),
      async () =>
        `Bearer ${await new SignJWT({ iss: issuer, sub: 'a', aud: resource, client_id: 'a', jti: 'j', iat: now(), exp: now() + 9 }).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: 'k' }).sign(new TextEncoder().encode(JSON.stringify(jwks)))}`,
    ],
    [cite('a token that was changed', 'rfc9068:4:signature'), async () => `Bearer ${changed(await jwt())}`],
  ];
  test.each(table)(
    cite(
      '%s',
      'oauth2.1:5.2:validated',
      'oauth2.1:5.3:challenge',
      'rfc6750:3:description',
      'rfc6750:3.1:invalid-token',
      'mcp:token-handling:invalid',
      'rfc9728:5.1:resource-metadata',
    ),
    async (_, authorization) => {
      const admission = await server().admit(await authorization());
      const response = admission.ok ? undefined : admission.response;
      expect(response?.status).toBe(401);
      expect(response?.headers.get('www-authenticate')).toBe(
        `Bearer error="invalid_token", error_description="the access token is not valid, has expired or is for another API", scope="read", resource_metadata="${metadataUrl}"`,
      );
      expect(await response?.json()).toMatchObject({ error: 'invalid_token' });
      expect(admission.ok ? '' : admission.reason).toMatch(/./);
    },
  );

  test(
    cite(
      'a token with too few scopes, and says which would do',
      'rfc6750:3.1:insufficient-scope',
      'mcp:error-handling:forbidden',
      'mcp:runtime-insufficient-scope-errors:challenge',
      'mcp:runtime-insufficient-scope-errors:granted',
      'rfc9728:5.1:resource-metadata',
    ),
    async () => {
      const admission = await server().admit(`Bearer ${await jwt()}`, ['read', 'admin']);
      const response = admission.ok ? undefined : admission.response;
      expect(response?.status).toBe(403);
      expect(response?.headers.get('www-authenticate')).toBe(
        `Bearer error="insufficient_scope", error_description="the access token lacks admin", scope="read write admin", resource_metadata="${metadataUrl}"`,
      );
    },
  );
});

describe(cite('an outage of the issuer is no fault of the token', 'rfc9068:4:keys-away'), () => {
  test.each([
    ['it is down', () => Promise.reject(new TypeError('fetch failed'))],
    ['it fails', async () => new Response('', { status: 503 })],
    ['it talks nonsense', async () => new Response('<html>')],
    ['it has no keys', async () => Response.json({})],
  ])('%s', async (_, fetch) => {
    await expect(server({ fetch }).admit(`Bearer ${await jwt()}`)).rejects.toThrow();
  });
});

test(
  cite(
    'its metadata names the issuer, at the address that the challenge gives',
    'rfc9728:2:resource',
    'rfc9728:2:authorization-servers',
    'rfc9728:2:scopes',
    'rfc9728:2:bearer-methods',
    'rfc9728:2:name',
    'rfc9728:3.3:identical',
    'mcp:overview:resource-metadata',
    'mcp:authorization-server-location:one-at-least',
  ),
  async () => {
    const { metadata, metadataPath } = server();
    expect(metadataPath).toBe(new URL(metadataUrl).pathname);
    const response = await metadata();
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.json()).toEqual({
      resource,
      authorization_servers: [issuer],
      bearer_methods_supported: ['header'],
      scopes_supported: ['read'],
      resource_name: 'Notes',
    });
  },
);

describe('the metadata of an API', () => {
  const asked = (etag: string) => ({ headers: new Headers({ 'if-none-match': etag }) });

  test('is not sent again while it has not changed', async () => {
    let terms: ApiTerms = { name: 'Notes' };
    const { metadata } = server({ current: async () => terms });
    const first = await metadata();
    const etag = first.headers.get('etag') ?? '';
    expect([etag, first.headers.get('cache-control')]).toEqual([
      expect.stringMatching(/^"[\w-]{43}"$/),
      'no-cache',
    ]);
    for (const tags of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const second = await metadata(asked(tags));
      expect([second.status, second.headers.get('etag'), second.body]).toEqual([304, etag, null]);
    }
    for (const tags of ['"other"', etag.slice(1, -1)]) expect((await metadata(asked(tags))).status).toBe(200);
    terms = { name: 'Notebook' };
    const renamed = await metadata(asked(etag));
    expect([renamed.status, renamed.headers.get('etag') === etag]).toEqual([200, false]);
    expect(await renamed.json()).toMatchObject({ resource_name: 'Notebook' });
  });
});

describe('what an API tells and takes at this moment', () => {
  test('is in the challenge and in the metadata, in place of what the options say', async () => {
    let terms: ApiTerms = { name: 'Notes', scopes: ['write'] };
    const { admit, metadata } = server({ scopes: ['read'], current: async () => terms });
    const challenge = async (): Promise<string | null> => {
      const admission = await admit();
      return admission.ok ? null : admission.response.headers.get('www-authenticate');
    };
    expect(await challenge()).toBe(`Bearer scope="write", resource_metadata="${metadataUrl}"`);
    expect(await (await metadata()).json()).toMatchObject({ scopes_supported: ['write'] });

    terms = { name: 'Notebook', dpop: 'required' };
    expect(await challenge()).toMatch(/^DPoP resource_metadata="[^"]+", algs=/);
    const told = await (await metadata()).json();
    expect(told).toMatchObject({ resource_name: 'Notebook', dpop_bound_access_tokens_required: true });
    expect(told).not.toHaveProperty('scopes_supported');
    expect(told).not.toHaveProperty('bearer_methods_supported');
    expect(await admit(`Bearer ${await jwt()}`)).toMatchObject({
      ok: false,
      reason: 'the access token is bound to no key',
    });
  });

  test('is an outage while it cannot be read', async () => {
    const cause = new Error('The database is away.');
    const { admit, metadata } = server({ current: () => Promise.reject(cause) });
    await expect(admit()).rejects.toMatchObject({ name: 'IssuerUnavailable', cause });
    await expect(metadata()).rejects.toMatchObject({ name: 'IssuerUnavailable', cause });
  });
});

describe('the scopes that a verified token has at this moment', () => {
  test('are those that it is admitted with', async () => {
    const asked: unknown[] = [];
    const { admit } = server({
      scopesNow: async (token) => {
        asked.push(token);
        return ['read'];
      },
    });
    const authorization = `Bearer ${await jwt({ grant_id: 'g' })}`;
    expect(await admit(authorization)).toMatchObject({
      ok: true,
      token: { subject: 'ada', scopes: ['read'] },
    });
    expect(asked).toMatchObject([{ id: 'j', grantId: 'g', clientId: 'app', scopes: ['read', 'write'] }]);
    const refused = await admit(authorization, ['write']);
    expect(refused.ok ? 0 : refused.response.status).toBe(403);
  });

  test('are none where it has ended, and then it is not valid', async () => {
    const { admit } = server({ scopesNow: async () => undefined });
    const refused = await admit(`Bearer ${await jwt()}`);
    expect(refused).toMatchObject({ ok: false, reason: 'it was revoked, or its grant has ended' });
    expect(refused.ok ? '' : refused.response.headers.get('www-authenticate')).toContain('invalid_token');
  });

  test('are not asked of a token that was not verified', async () => {
    const { admit } = server({ scopesNow: () => Promise.reject(new Error('It was asked.')) });
    expect(await admit(`Bearer ${await jwt({ aud: 'https://mail.example' })}`)).toMatchObject({ ok: false });
  });

  test('are an outage while they cannot be had', async () => {
    const cause = new Error('The database is away.');
    const { admit } = server({ scopesNow: () => Promise.reject(cause) });
    await expect(admit(`Bearer ${await jwt()}`)).rejects.toMatchObject({ name: 'IssuerUnavailable', cause });
  });
});

test.each([
  ['https://notes.example', '/.well-known/oauth-protected-resource'],
  ['https://notes.example/', '/.well-known/oauth-protected-resource'],
  ['https://notes.example/a/b', '/.well-known/oauth-protected-resource/a/b'],
])(
  cite(
    'the metadata of %s is at %s',
    'rfc9728:3:well-known',
    'mcp:protected-resource-metadata-discovery-requirements:well-known',
  ),
  (of, path) => {
    expect(server({ resource: of }).metadataPath).toBe(path);
  },
);

const unsigned = (header: object, token: string): string =>
  `${btoa(JSON.stringify(header)).replaceAll('=', '')}.${token.split('.')[1]}.`;

function changed(token: string): string {
  const [header, payload = '', signature] = token.split('.');
  const claims = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
  return [header, btoa(JSON.stringify({ ...claims, scope: 'admin' })).replaceAll('=', ''), signature].join(
    '.',
  );
}
