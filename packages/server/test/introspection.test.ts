import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { attachedWhereApisAsk, basic, realmThatAsks } from './apis.ts';
import { ISSUER, NOTES, NOW, type Toggles } from './set-up.ts';

type World = Awaited<ReturnType<typeof attachedWhereApisAsk>>;

const INACTIVE = { status: 200, body: { active: false } };

describe('an API that asks about a token for it', () => {
  test(cite('learns what it is valid for', 'rfc7662:2.2:active', 'rfc7662:4:no-store'), async () => {
    const { introspect, tokens, clientId } = await attachedWhereApisAsk({ scope: 'read' });
    const { status, headers, body } = await introspect(tokens.access_token);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toEqual({
      active: true,
      iss: ISSUER,
      sub: 'person-ada',
      aud: NOTES,
      client_id: clientId,
      scope: 'read',
      token_type: 'Bearer',
      iat: NOW / 1000,
      exp: NOW / 1000 + 900,
      jti: expect.any(String),
      grant_id: expect.any(String),
    });
  });

  test.each<[string, (world: World) => Promise<unknown> | void]>([
    [cite('has expired', 'rfc7662:2.2:expired'), ({ pass }) => pass(900)],
    [cite('was revoked', 'rfc7662:2.2:revoked'), ({ revoke, tokens }) => revoke(tokens.access_token)],
    [
      cite('is of a grant that was revoked', 'rfc7662:2.2:revoked'),
      ({ revoke, tokens }) => revoke(tokens.refresh_token),
    ],
    [
      'is of a grant that the person ended',
      ({ stores, clientId }) => stores.grants.endAll('main', clientId, NOW),
    ],
    [
      cite('belongs to an expired client', 'rfc7662:2.2:client'),
      ({ clients, clientId }) => clients.remove('main', clientId),
    ],
    [
      cite('is of a client that was blocked', 'rfc7662:2.2:client'),
      async ({ clients, clientId }) => {
        const client = await clients.find('main', clientId);
        if (client !== undefined) await clients.replace({ ...client, blockedAt: NOW }, client.version);
      },
    ],
    ...[{ realm: false }, { notes: false }, { read: false, write: false }].map(
      (toggles: Toggles): [string, (world: World) => Promise<void>] => [
        `is of a client to which a gate was closed: ${JSON.stringify(toggles)}`,
        async ({ change }) => change(await closed(toggles)),
      ],
    ),
  ])(cite('learns nothing after it %s', 'rfc7662:2.2:inactive', 'rfc7662:2.2:gates'), async (_, happen) => {
    const world = await attachedWhereApisAsk({ scope: 'read write' });
    expect((await world.introspect(world.tokens.access_token)).body.active).toBe(true);
    await happen(world);
    expect(await world.introspect(world.tokens.access_token)).toMatchObject(INACTIVE);
  });

  test(cite('learns only the scopes that are still open', 'rfc7662:2.2:scopes'), async () => {
    const { introspect, tokens, change } = await attachedWhereApisAsk({ scope: 'read write' });
    await change(await realmThatAsks({ write: false }));
    expect((await introspect(tokens.access_token)).body).toMatchObject({ active: true, scope: 'read' });
  });
});

/** The realm with those gates closed, and without identity scopes as a fallback. */
async function closed(toggles: Toggles) {
  const realm = await realmThatAsks(toggles);
  return { ...realm, scopes: realm.scopes.filter(({ name }) => ['read', 'write'].includes(name)) };
}

test(cite('gets no response about a token for another API', 'rfc7662:2.2:strangers'), async () => {
  const { introspect, tokens } = await attachedWhereApisAsk();
  expect(await introspect(tokens.access_token, 'mail')).toMatchObject(INACTIVE);
});

test.each<[string, (tokens: Record<string, string>) => string]>([
  ['a refresh token', ({ refresh_token: token = '' }) => token],
  [
    cite('a token that was changed', 'rfc7662:2.2:forged'),
    ({ access_token: token = '' }) =>
      token.replace(/[^.](?=[^.]*$)(?<=\..)/, (first) => (first === 'A' ? 'B' : 'A')),
  ],
  [
    cite('a token without its signature', 'rfc7662:2.2:forged'),
    ({ access_token: token = '' }) => token.replace(/[^.]*$/, ''),
  ],
  ['anything else', () => 'anything else'],
])(cite('%s is not active', 'rfc7662:2.2:inactive'), async (_, tokenOf) => {
  const { introspect, tokens } = await attachedWhereApisAsk();
  expect(await introspect(tokenOf(tokens))).toMatchObject(INACTIVE);
});

test.each<[string, Record<string, string>]>([
  ['no credentials', {}],
  ['a wrong secret', { authorization: basic('notes', 'guess') }],
  ['no secret', { authorization: basic('notes', '') }],
  ['the secret of another API', { authorization: basic('notes', 'secret-of-mail') }],
  ['an unknown API', { authorization: basic('calendar', 'secret-of-calendar') }],
  ['an API that has no secret', { authorization: basic('userinfo', 'secret-of-userinfo') }],
  ['the token itself', { authorization: 'Bearer x' }],
  ['credentials that are not readable', { authorization: 'Basic %%%' }],
])(
  cite('who comes with %s is refused alike', 'rfc7662:2.1:authenticated', 'rfc7662:2.3:invalid-client'),
  async (_, headers) => {
    const { post, tokens } = await attachedWhereApisAsk();
    const response = await post('introspect', { token: tokens.access_token }, headers);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Basic realm="api", charset="UTF-8"');
    expect(await response.json()).toEqual({
      error: 'invalid_client',
      error_description: 'an API authenticates here with its id and its secret',
    });
  },
);

test.each<[string, Record<string, string>]>([
  ['no token', {}],
  ['an empty token', { token: '' }],
])(cite('%s is an invalid request', 'rfc7662:2.1:token-missing'), async (_, fields) => {
  const { post } = await attachedWhereApisAsk();
  const response = await post('introspect', fields, { authorization: basic('notes', 'secret-of-notes') });
  expect([response.status, await response.json()]).toEqual([
    400,
    { error: 'invalid_request', error_description: 'token is missing' },
  ]);
});

test.each(['access_token', 'refresh_token', 'something_else'])(
  cite('a token is found with any token_type_hint: %s', 'rfc7662:2.1:hint'),
  async (hint) => {
    const { post, tokens } = await attachedWhereApisAsk();
    const fields = { token: tokens.access_token, token_type_hint: hint };
    const response = await post('introspect', fields, { authorization: basic('notes', 'secret-of-notes') });
    expect(await response.json()).toMatchObject({ active: true });
  },
);
