import type { PartialRealmSettings, Realm } from '@vestibule/core/realm';
import { realmSettings } from '@vestibule/core/realm';
import { createRegistrar, type RegistrarOptions } from '@vestibule/core/registration';
import { createMemoryRealmStore, createMemoryRegistrationStores } from '@vestibule/core/memory';
import { cite } from '@vestibule/requirements';
import { EMPTY_REALM } from '@vestibule/testing/realm';
import { describe, expect, test } from 'vitest';
import { randomToken } from '../random-token.ts';
import { sha256 } from '../hash.ts';
import { createRegistrationEndpoint } from './registration-endpoint.ts';

const realmWith = (settings: PartialRealmSettings): Realm => ({
  ...EMPTY_REALM,
  settings: realmSettings(settings),
});

function setUp(
  settings: PartialRealmSettings = { registration: { open: true } },
  given: Partial<RegistrarOptions> = {},
) {
  const { clients, audit, commit } = createMemoryRegistrationStores();
  const errors: unknown[] = [];
  const registrar = createRegistrar({
    realms: createMemoryRealmStore(realmWith(settings)),
    clients,
    commit,
    audit,
    clock: Date.now,
    generateToken: randomToken,
    hash: sha256,
    ...given,
  });
  const endpoint = createRegistrationEndpoint({
    registrar,
    realm: 'main',
    onError: (error) => errors.push(error),
  });
  const send = (init: RequestInit, ip = '192.0.2.1') =>
    endpoint(new Request('https://id.example/connect/register', init), { ip });
  const register = (
    body: BodyInit,
    headers: Record<string, string> = { 'content-type': 'application/json' },
    ip?: string,
  ) => send({ method: 'POST', headers, body }, ip);
  return { send, register, audit, clients, errors };
}

const valid = JSON.stringify({ redirect_uris: ['https://app.example/cb'] });

test(
  cite(
    'answers 201 with what was registered, for no cache',
    'rfc7591:3:post-json',
    'rfc7591:3:open-registration',
    'rfc7591:3.2.1:created',
    'rfc7591:3.2.1:no-cache',
    'rfc7591:3.2.1:client-id',
    'rfc7591:3.2.1:no-secret',
  ),
  async () => {
    const { register } = setUp();
    const response = await register(valid);
    expect(response?.status).toBe(201);
    expect(response?.headers.get('cache-control')).toBe('no-store');
    expect(response?.headers.get('content-type')).toBe('application/json');
    const body = await response?.json();
    expect(body).toMatchObject({
      client_id: expect.stringMatching(/^[A-Za-z0-9._~-]+$/),
      client_id_issued_at: expect.any(Number),
      token_endpoint_auth_method: 'none',
    });
    expect(body).not.toHaveProperty('client_secret');
  },
);

const refuses = cite(
  'refuses with a JSON error',
  'rfc7591:3.2.2:json',
  'rfc7591:3.2.2:no-cache',
  'rfc7591:3.2.2:ascii',
  'rfc7591:3:media-type',
  'rfc7591:3.1:one-object',
  'vestibule:bad-input:not-json',
);

describe(refuses, () => {
  const table: [string, BodyInit, Record<string, string>, number, string][] = [
    ['no content type', valid, { 'content-type': '' }, 415, 'invalid_client_metadata'],
    [
      'a form',
      'redirect_uris=https://app.example',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'invalid_client_metadata',
    ],
    ['plain text', valid, { 'content-type': 'text/plain' }, 415, 'invalid_client_metadata'],
    [
      'a compressed body',
      valid,
      { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      415,
      'invalid_client_metadata',
    ],
    [
      'another charset',
      valid,
      { 'content-type': 'application/json; charset=utf-16' },
      415,
      'invalid_client_metadata',
    ],
    [
      'too much',
      `"${'x'.repeat(64 * 1024)}"`,
      { 'content-type': 'application/json' },
      413,
      'invalid_client_metadata',
    ],
    [
      'what is not UTF-8',
      new Uint8Array([0x22, 0xff, 0x22]),
      { 'content-type': 'application/json' },
      400,
      'invalid_client_metadata',
    ],
    ...[
      '',
      ' ',
      '{',
      '{"a":1,}',
      "{'a':1}",
      '{a:1}',
      'undefined',
      '<xml/>',
      '{} {}',
      '[',
      '\u0000',
      `{"redirect_uris":NaN}`,
    ].map((text): [string, string, Record<string, string>, number, string] => [
      `the text ${JSON.stringify(text)}`,
      text,
      { 'content-type': 'application/json' },
      400,
      'invalid_client_metadata',
    ]),
    ...['null', 'true', '0', '"text"', '[]', `[${valid}]`, '{}', '['.repeat(20_000) + ']'.repeat(20_000)].map(
      (text): [string, string, Record<string, string>, number, string] => [
        `the JSON ${text.slice(0, 40)}`,
        text,
        { 'content-type': 'application/json' },
        400,
        text === '{}' ? 'invalid_redirect_uri' : 'invalid_client_metadata',
      ],
    ),
  ];
  test.each(table)('%s', async (_, body, headers, status, error) => {
    const { register, audit } = setUp();
    const response = await register(body, headers);
    expect(response?.status).toBe(status);
    expect(response?.headers.get('cache-control')).toBe('no-store');
    expect(await response?.json()).toEqual({
      error,
      error_description: expect.stringMatching(/^[\x20-\x7E]+$/),
    });
    expect(audit.events).toEqual([
      expect.objectContaining({ type: 'registration.refused', ip: '192.0.2.1' }),
    ]);
  });
});

test(cite('reads deep nesting in an unknown member without harm', 'vestibule:bad-input:deep'), async () => {
  const { register } = setUp();
  const deep = '['.repeat(20_000) + ']'.repeat(20_000);
  expect((await register(`{"redirect_uris":["https://app.example/cb"],"x":${deep}}`))?.status).toBe(201);
});

test(
  cite(
    'past a limit answers 429 with Retry-After, and counts a whole /64 as one',
    'rfc7591:3:rate-limit',
    'vestibule:limits:subnet',
  ),
  async () => {
    const { register } = setUp({ registration: { open: true, coalesce: false } });
    const json = { 'content-type': 'application/json' };
    for (let host = 1; host <= 5; host += 1) {
      expect((await register(valid, json, `2001:db8::${host}`))?.status).toBe(201);
    }
    const response = await register(valid, json, '2001:db8::ffff');
    expect(response?.status).toBe(429);
    expect(Number(response?.headers.get('retry-after'))).toBeGreaterThan(3_500);
    expect(await response?.json()).toMatchObject({ error: 'too_many_requests' });
    expect((await register(valid, json, '2001:db8:0:1::1'))?.status).toBe(201);
  },
);

test.each(['GET', 'PUT', 'DELETE', 'PATCH', 'HEAD'])(
  cite('answers %s with 405 and what is allowed', 'rfc7591:3:methods'),
  async (method) => {
    const response = await setUp().send({ method });
    expect(response?.status).toBe(405);
    expect(response?.headers.get('allow')).toBe('POST');
  },
);

test(cite('pages of any origin may register, and may read the errors', 'vestibule:mode:pages'), async () => {
  const { send, register } = setUp();
  const preflight = await send({
    method: 'OPTIONS',
    headers: {
      origin: 'http://localhost:5173',
      'access-control-request-headers': 'content-type,mcp-protocol-version',
    },
  });
  expect(preflight?.status).toBe(204);
  expect(preflight?.headers.get('access-control-allow-methods')).toBe('POST');
  expect(preflight?.headers.get('access-control-allow-headers')).toContain('mcp-protocol-version');
  for (const response of [
    preflight,
    await register(valid),
    await register('{'),
    await send({ method: 'GET' }),
  ]) {
    expect(response?.headers.get('access-control-allow-origin')).toBe('*');
    expect(response?.headers.get('access-control-expose-headers')).toContain('retry-after');
    expect(response?.headers.has('access-control-allow-credentials')).toBe(false);
  }
});

test.each(['GET', 'POST', 'PUT', 'OPTIONS'])(
  cite('a closed door has nothing to say to %s', 'vestibule:gates:silent-door'),
  async (method) => {
    expect(await setUp({}).send({ method })).toBeUndefined();
  },
);

test(
  cite(
    'an outage is a bare error that pages can read too, and reaches the operator',
    'vestibule:bad-input:outage',
  ),
  async () => {
    const commit = () => Promise.reject(new Error('disk full at /var/lib'));
    const { register, errors } = setUp(undefined, { commit });
    const response = await register(valid);
    expect(response?.status).toBe(500);
    expect(response?.headers.get('access-control-allow-origin')).toBe('*');
    expect(await response?.json()).toEqual({
      error: 'server_error',
      error_description: 'the server could not answer; try again later',
    });
    expect(errors).toEqual([new Error('disk full at /var/lib')]);
  },
);
