import type { KeySetOutcome, KeySetRequest } from '@vestibule/assertions';
import type { AuthenticationTerms } from '@vestibule/core/operator';
import { cite } from '@vestibule/requirements';
import { exportJWK, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { createAuthorizationServer } from '../src/index.ts';
import { assertionBy, jwks, other, withAssertion } from './client-assertion.ts';
import { ADA, ISSUER, NOW, setUp, VERIFIER } from './set-up.ts';

const SECONDS = NOW / 1000;

const basic = (clientId: string, secret: string) => ({
  authorization: `Basic ${btoa(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`)}`,
});

/** Exchanges a new code of a client that authenticates as given. */
async function exchanging(authentication: AuthenticationTerms) {
  const world = setUp();
  const { clientId, secret } = await world.preregister({ authentication });
  return {
    ...world,
    clientId,
    secret,
    exchangeAs: async (fields: Record<string, string>, headers: Record<string, string> = {}) =>
      world.token(
        {
          grant_type: 'authorization_code',
          code: await world.obtainCode(clientId),
          redirect_uri: 'https://app.example/cb',
          code_verifier: VERIFIER,
          ...fields,
        },
        headers,
      ),
  };
}

const refused = { status: 401, body: { error: 'invalid_client' } };

describe('a client that is registered with', () => {
  test(
    cite('client_secret_basic authenticates by its secret in the header', 'rfc6749:2.3.1:basic'),
    async () => {
      const { clientId, secret, exchangeAs } = await exchanging({ method: 'client_secret_basic' });
      const answer = await exchangeAs({}, basic(clientId, secret));
      expect(answer).toMatchObject({ status: 200, body: { scope: 'read admin' } });
      expect((await exchangeAs({ client_id: clientId }, basic(clientId, secret))).status).toBe(200);
    },
  );

  test(cite('client_secret_post authenticates by its secret in the body', 'rfc6749:2.3.1:post'), async () => {
    const { clientId, secret, exchangeAs } = await exchanging({ method: 'client_secret_post' });
    expect((await exchangeAs({ client_id: clientId, client_secret: secret })).status).toBe(200);
  });

  test(
    cite(
      'private_key_jwt authenticates by its signature, with its id beside it or without',
      'oidc-core:9:private-key-jwt',
      'rfc9700:2.5:asymmetric',
    ),
    async () => {
      const { clientId, exchangeAs } = await exchanging({ method: 'private_key_jwt', jwks });
      const assertion = await assertionBy(clientId);
      expect((await exchangeAs(withAssertion(assertion))).status).toBe(200);
      const again = withAssertion(await assertionBy(clientId));
      expect((await exchangeAs({ client_id: clientId, ...again })).status).toBe(200);
    },
  );

  test('none authenticates by its id', async () => {
    const { clientId, exchangeAs } = await exchanging({ method: 'none' });
    expect((await exchangeAs({ client_id: clientId })).status).toBe(200);
  });
});

describe('only by the means that it is registered with', () => {
  const METHODS: readonly AuthenticationTerms[] = [
    { method: 'none' },
    { method: 'client_secret_basic', secret: 's'.repeat(32) },
    { method: 'client_secret_post', secret: 's'.repeat(32) },
    { method: 'private_key_jwt', jwks },
  ];
  const secret = 's'.repeat(32);
  const pairs = METHODS.flatMap((registered) =>
    METHODS.filter(({ method }) => method !== registered.method).map(
      (shown): [string, string, AuthenticationTerms] => [registered.method, shown.method, registered],
    ),
  );

  test.each(pairs)(
    cite('one with %s does not authenticate by %s', 'rfc6749:2.3:registered', 'rfc6749:3.2.1:confidential'),
    async (_, shown, registered) => {
      const { clientId, exchangeAs } = await exchanging(registered);
      const means: Record<string, () => ReturnType<typeof exchangeAs>> = {
        none: () => exchangeAs({ client_id: clientId }),
        client_secret_basic: () => exchangeAs({}, basic(clientId, secret)),
        client_secret_post: () => exchangeAs({ client_id: clientId, client_secret: secret }),
        private_key_jwt: async () => exchangeAs(withAssertion(await assertionBy(clientId))),
      };
      expect(await means[shown]?.()).toMatchObject(refused);
    },
  );

  test.each<[string, (clientId: string) => [Record<string, string>, Record<string, string>]]>([
    ['a secret in the body', (client_id) => [{ client_id, client_secret: secret }, {}]],
    ['a secret in the header', (clientId) => [{}, basic(clientId, secret)]],
    ['an empty secret in the header', (clientId) => [{}, basic(clientId, '')]],
    ['an assertion', (client_id) => [{ client_id, ...withAssertion('a.b.c') }, {}]],
  ])(
    cite('a dynamic client authenticates by its id only, not with %s', 'vestibule:rules:no-secret'),
    async (_, means) => {
      const { register, token } = setUp();
      const [fields, headers] = means(await register());
      const { status, body } = await token({ grant_type: 'authorization_code', ...fields }, headers);
      expect({ status, body }).toMatchObject(refused);
    },
  );
});

describe('a secret', () => {
  test.each(['vcs_wrong', '', ' '])(
    cite('in a wrong header is refused with a challenge: %j', 'rfc6749:5.2:challenge'),
    async (wrong) => {
      const { clientId, exchangeAs, audit } = await exchanging({ method: 'client_secret_basic' });
      const answer = await exchangeAs({}, basic(clientId, wrong));
      expect(answer).toMatchObject(refused);
      expect(answer.headers.get('www-authenticate')).toBe('Basic realm="client"');
      expect(audit.events.at(-1)).toMatchObject({ type: 'token.refused', reason: 'another secret' });
    },
  );

  test('in the body that is wrong is refused without a challenge', async () => {
    const { clientId, exchangeAs } = await exchanging({ method: 'client_secret_post' });
    const answer = await exchangeAs({ client_id: clientId, client_secret: 'wrong' });
    expect(answer).toMatchObject(refused);
    expect(answer.headers.get('www-authenticate')).toBeNull();
  });

  test('is refused in the same way if it is wrong and if the client is unknown', async () => {
    const { clientId, exchangeAs } = await exchanging({ method: 'client_secret_basic' });
    const [one, two] = [
      await exchangeAs({}, basic(clientId, 'wrong')),
      await exchangeAs({}, basic('x', 'wrong')),
    ];
    expect(one.body).toEqual(two.body);
    expect(one.status).toBe(two.status);
  });

  test('uses no code up where it is wrong', async () => {
    const { clientId, secret, obtainCode, token } = await exchanging({ method: 'client_secret_basic' });
    const fields = {
      grant_type: 'authorization_code',
      code: await obtainCode(clientId),
      redirect_uri: 'https://app.example/cb',
      code_verifier: VERIFIER,
    };
    expect(await token(fields, basic(clientId, 'wrong'))).toMatchObject(refused);
    expect((await token(fields, basic(clientId, secret))).status).toBe(200);
  });

  test('is valid beside the next one, until the old ones are ended', async () => {
    const { clientId, secret, exchangeAs, operator } = await exchanging({
      method: 'client_secret_basic',
    });
    const rotation = await operator.clients.rotateSecret(ADA, 'main', clientId);
    const next = rotation.outcome === 'rotated' ? rotation.secret : '';
    expect((await exchangeAs({}, basic(clientId, secret))).status).toBe(200);
    expect((await exchangeAs({}, basic(clientId, next))).status).toBe(200);
    await operator.clients.endOldSecrets(ADA, 'main', clientId);
    expect(await exchangeAs({}, basic(clientId, secret))).toMatchObject(refused);
    expect((await exchangeAs({}, basic(clientId, next))).status).toBe(200);
  });

  test('does not authenticate another client', async () => {
    const { clientId, exchangeAs, preregister } = await exchanging({ method: 'client_secret_basic' });
    const another = await preregister();
    expect(await exchangeAs({}, basic(clientId, another.secret))).toMatchObject(refused);
  });

  test('is in no audit event and in no response', async () => {
    const { clientId, secret, exchangeAs, audit } = await exchanging({ method: 'client_secret_basic' });
    const { body } = await exchangeAs({}, basic(clientId, secret));
    const failed = await exchangeAs({ client_id: clientId, client_secret: secret });
    expect(JSON.stringify([body, failed.body, audit.events])).not.toContain(secret);
  });
});

describe('an assertion', () => {
  test.each<[string, (clientId: string) => Promise<string>]>([
    [
      cite('with the signature of another key', 'oidc-core:9:key'),
      (id) => assertionBy(id, {}, {}, other.privateKey),
    ],
    ['without a signature', async (id) => (await assertionBy(id)).replace(/[^.]*$/, '')],
    [
      'with the algorithm none',
      async (id) => {
        const [, payload] = (await assertionBy(id)).split('.');
        return `${btoa('{"alg":"none"}').replaceAll('=', '')}.${payload}.`;
      },
    ],
    [
      cite('that is signed with the public key as a secret', 'oidc-core:9:key'),
      async (id) =>
        new SignJWT({ iss: id, sub: id, aud: ISSUER, exp: SECONDS + 60, jti: 'j' })
          .setProtectedHeader({ alg: 'HS256', kid: 'k' })
          .sign(new TextEncoder().encode(JSON.stringify(jwks.keys[0]))),
    ],
    [
      cite('that brings its own key', 'oidc-core:9:key'),
      async (id) => assertionBy(id, {}, { jwk: await exportJWK(other.publicKey) }, other.privateKey),
    ],
    ['that was signed to be something else', (id) => assertionBy(id, {}, { typ: 'at+jwt' })],
    ['that proves possession of a key', (id) => assertionBy(id, {}, { typ: 'dpop+jwt' })],
    ['by another issuer', (id) => assertionBy(id, { iss: 'other' })],
    ['about another client', (id) => assertionBy(id, { sub: 'other' })],
    ['without an issuer', (id) => assertionBy(id, { iss: undefined })],
    ['without an audience', (id) => assertionBy(id, { aud: undefined })],
    [
      cite('for another server', 'oidc-core:9:audience'),
      (id) => assertionBy(id, { aud: 'https://evil.example' }),
    ],
    [
      cite('for the token endpoint', 'oidc-core:9:audience'),
      (id) => assertionBy(id, { aud: `${ISSUER}/connect/token` }),
    ],
    ['for the issuer with a slash', (id) => assertionBy(id, { aud: `${ISSUER}/` })],
    ['for the issuer and another', (id) => assertionBy(id, { aud: [ISSUER, 'https://evil.example'] })],
    ['for nobody', (id) => assertionBy(id, { aud: [] })],
    [cite('that never expires', 'oidc-core:9:expiry'), (id) => assertionBy(id, { exp: undefined })],
    [
      cite('whose expiry is centuries away', 'oidc-core:9:expiry'),
      (id) => assertionBy(id, { exp: SECONDS + 86_400 }),
    ],
    ['that expires at no number', (id) => assertionBy(id, { exp: 'tomorrow' })],
    [cite('that has expired', 'oidc-core:9:expiry'), (id) => assertionBy(id, { exp: SECONDS - 61 })],
    ['that is not valid yet', (id) => assertionBy(id, { nbf: SECONDS + 61 })],
    ['that is from the future', (id) => assertionBy(id, { iat: SECONDS + 61 })],
    ['without an id', (id) => assertionBy(id, { jti: undefined })],
    ['with an empty id', (id) => assertionBy(id, { jti: '' })],
    ['with an id that is a number', (id) => assertionBy(id, { jti: 1 })],
    ['with an endless id', (id) => assertionBy(id, { jti: 'x'.repeat(513) })],
    ['that is no JWT', async () => 'x'],
    ['with critical extensions', (id) => assertionBy(id, {}, { crit: ['b64'], b64: true })],
  ])('is refused %s', async (_, make) => {
    const { clientId, exchangeAs } = await exchanging({ method: 'private_key_jwt', jwks });
    const answer = await exchangeAs({ client_id: clientId, ...withAssertion(await make(clientId)) });
    expect(answer).toMatchObject(refused);
    expect((await exchangeAs(withAssertion(await assertionBy(clientId)))).status).toBe(200);
  });

  test.each<[string, object, object]>([
    ['with the issuer as a list of one', { aud: [ISSUER] }, {}],
    ['without iat', { iat: undefined }, {}],
    ['with the longest time there may be', { exp: SECONDS + 600 }, {}],
    ['of its own type', {}, { typ: 'client-authentication+jwt' }],
    ['of the type JWT', {}, { typ: 'JWT' }],
    ['without kid', {}, { kid: undefined }],
  ])('is good %s', async (_, claims, header) => {
    const { clientId, exchangeAs } = await exchanging({ method: 'private_key_jwt', jwks });
    expect((await exchangeAs(withAssertion(await assertionBy(clientId, claims, header)))).status).toBe(200);
  });

  test(cite('is accepted once of many concurrent uses', 'oidc-core:9:once'), async () => {
    const { clientId, exchangeAs, audit } = await exchanging({ method: 'private_key_jwt', jwks });
    const same = withAssertion(await assertionBy(clientId));
    const answers = await Promise.all(Array.from({ length: 10 }, () => exchangeAs(same)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(9);
    expect(audit.events).toContainEqual(
      expect.objectContaining({ type: 'token.refused', reason: 'the assertion was used before' }),
    );
  });

  test(cite('is accepted once for its whole lifetime', 'oidc-core:9:once'), async () => {
    const { clientId, exchangeAs, pass, stores, options } = await exchanging({
      method: 'private_key_jwt',
      jwks,
    });
    const same = withAssertion(await assertionBy(clientId, { exp: SECONDS + 600, jti: 'same' }));
    expect((await exchangeAs(same)).status).toBe(200);
    pass(659);
    await stores.sweep(options.clock(), 1_000);
    expect(await exchangeAs(same)).toMatchObject(refused);
  });

  test('may have the id of an assertion of another client', async () => {
    const { clientId, exchangeAs, preregister, token } = await exchanging({
      method: 'private_key_jwt',
      jwks,
    });
    const another = await preregister({ authentication: { method: 'private_key_jwt', jwks } });
    const fields = { grant_type: 'refresh_token', refresh_token: 'x' };
    const theirs = withAssertion(await assertionBy(another.clientId, { jti: 'j' }));
    expect(await token({ ...fields, ...theirs })).toMatchObject({ body: { error: 'invalid_grant' } });
    expect((await exchangeAs(withAssertion(await assertionBy(clientId, { jti: 'j' })))).status).toBe(200);
  });

  test('does not authenticate another client that has the same key', async () => {
    const { clientId, exchangeAs, preregister } = await exchanging({ method: 'private_key_jwt', jwks });
    const another = await preregister({ authentication: { method: 'private_key_jwt', jwks } });
    const answer = await exchangeAs({
      client_id: clientId,
      ...withAssertion(await assertionBy(another.clientId)),
    });
    expect(answer).toMatchObject(refused);
  });
});

describe('keys that a client publishes', () => {
  const JWKS_URI = 'https://app.example/jwks';
  const AWAY = { ok: false, reason: 'address', detail: 'The address 10.0.0.7 is inside.' } as const;

  /** Calls the token endpoint of a server that gets this for the keys. */
  async function asking(outcome: KeySetOutcome) {
    const requests: KeySetRequest[] = [];
    const { options, preregister, errors, audit } = setUp();
    const { clientId } = await preregister({
      authentication: { method: 'private_key_jwt', jwksUri: JWKS_URI },
    });
    const server = createAuthorizationServer({
      ...options,
      fetch: {
        fetch: async (request) => {
          requests.push(request);
          return outcome;
        },
      },
    });
    const body = new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: 'x',
      ...withAssertion(await assertionBy(clientId)),
    });
    const response = await server.token(new Request(`${ISSUER}/connect/token`, { method: 'POST', body }), {
      ip: '192.0.2.1',
    });
    const event = audit.events.find(({ type }) => type === 'jwks.unavailable');
    return { response, errors, requests, event, clientId };
  }

  test('are fetched from the configured address', async () => {
    const { response, requests, event } = await asking({ ok: true, body: jwks });
    expect(await response.json()).toMatchObject({ error: 'invalid_grant' });
    expect(requests).toMatchObject([{ url: JWKS_URI, chosenBy: 'operator' }]);
    expect(event).toBeUndefined();
  });

  test('leave the authentication undecided while they cannot be fetched', async () => {
    const { response, errors } = await asking(AWAY);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(await response.json()).toMatchObject({ error: 'temporarily_unavailable' });
    expect(errors).toHaveLength(1);
  });

  test('are reported to the operator if they cannot be fetched, and not to the client', async () => {
    const { response, event, clientId } = await asking(AWAY);
    expect(event).toMatchObject({
      owner: `the client '${clientId}'`,
      reason: 'address',
      detail: AWAY.detail,
      realm: 'main',
      ip: '192.0.2.1',
    });
    expect(await response.text()).not.toMatch(/address|10\.0\.0\.7|keys/);
  });
});
