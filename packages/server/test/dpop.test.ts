import type { DpopPolicy } from '@vestibule/core';
import { decodeJwt } from 'jose';
import { createHash } from 'node:crypto';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { createAuthorizationServer } from '../src/index.ts';
import { basic, USERINFO } from './apis.ts';
import { clientWithKey, newProofKey, type ProofKey, realmWithDpop, signProof } from './proofs.ts';
import { CALLBACK, ISSUER, NOW, VERIFIER } from './set-up.ts';

const TOKEN = `${ISSUER}/connect/token`;

describe('a proof at the exchange of a code', () => {
  test.each<[DpopPolicy, boolean, string]>([
    ['off', true, 'Bearer'],
    ['off', false, 'Bearer'],
    ['offered', true, 'DPoP'],
    ['offered', false, 'Bearer'],
    ['required', true, 'DPoP'],
  ])(
    cite(
      'where the API has it %s, and there is one (%s), gives a token of type %s',
      'rfc9449:5:token-type',
      'rfc9449:5:off',
      'rfc9449:6.1:cnf',
    ),
    async (policy, has, type) => {
      const { obtainCode, exchange, key } = await clientWithKey(policy);
      const { status, body, headers } = await exchange(await obtainCode(), has ? key : undefined);
      expect([status, body.token_type]).toEqual([200, type]);
      expect(decodeJwt(body.access_token)['cnf']).toEqual(
        type === 'DPoP' ? { jkt: key.thumbprint } : undefined,
      );
      expect(headers.has('dpop-nonce')).toBe(has);
    },
  );

  test(cite('is needed where the API requires it', 'rfc9449:5:required'), async () => {
    const { obtainCode, exchange, key } = await clientWithKey('required');
    const code = await obtainCode();
    expect(await exchange(code)).toMatchObject({ status: 400, body: { error: 'invalid_dpop_proof' } });
    expect((await exchange(code, key)).status).toBe(200);
  });

  test(
    cite(
      'gets no token if it is invalid, and does not consume the code',
      'rfc9449:5:invalid-proof',
      'rfc9449:8:nonce',
      'rfc9449:4.3:nonce',
    ),
    async () => {
      const { obtainCode, exchange, key, token, tokenProof, clientId } = await clientWithKey();
      const code = await obtainCode();
      const fields = {
        grant_type: 'authorization_code',
        client_id: clientId,
        code,
        redirect_uri: CALLBACK,
        code_verifier: VERIFIER,
      };
      const bad: [string, string][] = [
        ['invalid_dpop_proof', await tokenProof(key, { htu: USERINFO })],
        ['invalid_dpop_proof', await tokenProof(key, { htm: 'GET' })],
        ['use_dpop_nonce', await tokenProof(key, { nonce: 'guess' })],
        ['use_dpop_nonce', await signProof(key, { htu: TOKEN })],
      ];
      for (const [error, dpop] of bad) {
        const refused = await token(fields, { dpop });
        expect(refused).toMatchObject({ status: 400, body: { error } });
        expect(refused.headers.get('dpop-nonce')).toMatch(/^[\w-]{43}$/);
        expect(refused.headers.get('cache-control')).toBe('no-store');
      }
      expect((await exchange(code, key)).status).toBe(200);
    },
  );

  test('is for the address of the issuer, whatever host the request names', async () => {
    const { server, tokenProof, key, clientId } = await clientWithKey();
    const answers = await Promise.all(
      [{}, { htu: 'https://evil.example/connect/token' }].map(async (claims) => {
        const dpop = await tokenProof(key, claims);
        const body = new URLSearchParams({ client_id: clientId, grant_type: 'authorization_code' });
        const headers = { dpop, host: 'evil.example', 'x-forwarded-host': 'evil.example' };
        const request = new Request('https://evil.example/connect/token', { method: 'POST', body, headers });
        return (await server.token(request, { ip: '' })).json();
      }),
    );
    expect(answers).toMatchObject([{ error: 'invalid_request' }, { error: 'invalid_dpop_proof' }]);
  });

  test(cite('is good once, however many show it at once', 'rfc9449:11.1:replay'), async () => {
    const { token, tokenProof, clientId, exchange, obtainCode, key } = await clientWithKey();
    const { body } = await exchange(await obtainCode(), key);
    const fields = { client_id: clientId, grant_type: 'refresh_token', refresh_token: body.refresh_token };
    const dpop = await tokenProof();
    const answers = await Promise.all(Array.from({ length: 10 }, () => token(fields, { dpop })));
    const refused = answers.filter((answer) => answer.body.error === 'invalid_dpop_proof');
    const granted = answers.filter(({ status }) => status === 200);
    expect([refused.length, granted.length]).toEqual([9, 1]);
  });

  test('does not use up the proof of another key with the same jti', async () => {
    const { obtainCode, token, tokenProof, clientId, key } = await clientWithKey();
    for (const by of [await newProofKey(), key]) {
      const fields = { grant_type: 'authorization_code', client_id: clientId, redirect_uri: CALLBACK };
      const code = { code: await obtainCode(), code_verifier: VERIFIER };
      const dpop = await tokenProof(by, { jti: 'same' });
      expect((await token({ ...fields, ...code }, { dpop })).status).toBe(200);
    }
  });
});

describe('a code that was asked for with a key', () => {
  test.each<
    [
      string,
      (world: Awaited<ReturnType<typeof clientWithKey>>) => ProofKey | undefined | Promise<ProofKey>,
      number,
    ]
  >([
    ['its key', ({ key }) => key, 200],
    ['another key', () => newProofKey(), 400],
    ['no key', () => undefined, 400],
  ])(cite('is exchanged with a proof of %s: %s', 'rfc9449:10:jkt'), async (_, keyOf, status) => {
    for (const policy of ['off', 'offered', 'required'] as const) {
      const world = await clientWithKey(policy);
      const { obtainCode, exchange, key } = world;
      const code = await obtainCode({ dpop_jkt: key.thumbprint });
      const by = await keyOf(world);
      expect((await exchange(code, by)).status).toBe(status);
      // What lacks the proof leaves the code to whoever has it.
      if (status !== 200) expect((await exchange(code, key)).status).toBe(200);
    }
  });
});

describe('a proof that comes with a pushed request', () => {
  const PAR = `${ISSUER}/connect/par`;

  async function pushing() {
    const world = await clientWithKey();
    const { server, clientId, key, nonce, newBrowser, openConsent, answer } = world;
    async function push(claims: Record<string, unknown> = {}, fields: Record<string, string> = {}) {
      const dpop = await signProof(key, { htu: PAR, nonce: await nonce(), ...claims });
      const body = new URLSearchParams(world.authorizeUrl(clientId, fields).search);
      const request = new Request(PAR, { method: 'POST', headers: { dpop }, body });
      const response = await server.pushedRequest(request, { ip: '' });
      return { status: response.status, headers: response.headers, body: await response.json() };
    }
    async function codeFor(reference: string): Promise<string> {
      const query = new URLSearchParams({ client_id: clientId, request_uri: reference });
      const url = new URL(`/connect/authorize?${query.toString()}`, ISSUER);
      const browser = newBrowser();
      const done = await answer(browser, await openConsent(browser, url), { decision: 'approve' });
      return new URL(done.view.location).searchParams.get('code') ?? '';
    }
    return { ...world, push, codeFor };
  }

  test(cite('binds the code to its key', 'rfc9449:10.1:pushed'), async () => {
    const { push, codeFor, exchange, key } = await pushing();
    const { status, body, headers } = await push();
    expect([status, headers.has('dpop-nonce')]).toEqual([201, true]);
    const stolen = await codeFor(body.request_uri);
    expect((await exchange(stolen, await newProofKey())).body.error).toBe('invalid_grant');
    const again = await push({}, { dpop_jkt: key.thumbprint });
    expect((await exchange(await codeFor(again.body.request_uri), key)).status).toBe(200);
  });

  test.each<[string, Record<string, unknown>, Record<string, string>, string]>([
    ['that is for the token endpoint', { htu: TOKEN }, {}, 'invalid_dpop_proof'],
    ['without a nonce', { nonce: undefined }, {}, 'use_dpop_nonce'],
    [cite('beside another key', 'rfc9449:10.1:agree'), {}, { dpop_jkt: 'x'.repeat(43) }, 'invalid_request'],
  ])('is refused %s', async (_, claims, fields, error) => {
    const { push } = await pushing();
    const { status, body, headers } = await push(claims, fields);
    expect([status, body.error, headers.has('dpop-nonce')]).toEqual([400, error, true]);
  });
});

describe('a refresh token that is bound to a key', () => {
  test(cite('is good with a proof of that key, and so is its successor', 'rfc9449:5:refresh'), async () => {
    const { obtainCode, exchange, refresh, key } = await clientWithKey();
    const { body: first } = await exchange(await obtainCode(), key);
    const { body: second } = await refresh(first.refresh_token, key);
    expect(second.token_type).toBe('DPoP');
    expect(decodeJwt(second.access_token)['cnf']).toEqual({ jkt: key.thumbprint });
    expect((await refresh(second.refresh_token, key)).status).toBe(200);
  });

  test(
    cite(
      'is refused without a proof and with one of another key, and stays as good as it was',
      'rfc9449:5:refresh',
    ),
    async () => {
      const { obtainCode, exchange, refresh, key } = await clientWithKey();
      const { body } = await exchange(await obtainCode(), key);
      for (const by of [undefined, await newProofKey()]) {
        expect(await refresh(body.refresh_token, by)).toMatchObject({
          status: 400,
          body: { error: 'invalid_grant' },
        });
      }
      expect((await refresh(body.refresh_token, key)).status).toBe(200);
    },
  );

  test(
    cite('is refused with another key at a second refresh, too, and its family goes on', 'rfc9449:5:refresh'),
    async () => {
      const { obtainCode, exchange, refresh, key } = await clientWithKey();
      const { body: first } = await exchange(await obtainCode(), key);
      const { body: second } = await refresh(first.refresh_token, key);
      expect(await refresh(second.refresh_token, await newProofKey())).toMatchObject({
        status: 400,
        body: { error: 'invalid_grant' },
      });
      const { status, body: third } = await refresh(second.refresh_token, key);
      expect(status).toBe(200);
      expect(decodeJwt(third.access_token)['cnf']).toEqual({ jkt: key.thumbprint });
    },
  );

  test('stays so when its API wants bearer tokens again', async () => {
    const { obtainCode, exchange, refresh, key, change } = await clientWithKey();
    const { body } = await exchange(await obtainCode(), key);
    await change(await realmWithDpop('off'));
    expect((await refresh(body.refresh_token)).body.error).toBe('invalid_grant');
    expect((await refresh(body.refresh_token, key)).body.token_type).toBe('Bearer');
  });
});

describe('a refresh token that is bound to no key', () => {
  test('cannot be bound by whoever has it', async () => {
    const { obtainCode, exchange, refresh, key } = await clientWithKey();
    const { body } = await exchange(await obtainCode());
    expect((await refresh(body.refresh_token, key)).body.error).toBe('invalid_grant');
    expect((await refresh(body.refresh_token)).body.token_type).toBe('Bearer');
  });

  test.each([true, false])('is over when its API requires a key, proof or not (%s)', async (has) => {
    const { obtainCode, exchange, refresh, key, change } = await clientWithKey();
    const { body } = await exchange(await obtainCode());
    await change(await realmWithDpop('required'));
    expect((await refresh(body.refresh_token, has ? key : undefined)).body.error).toBe('invalid_grant');
  });
});

test('a client with a secret may change its key, since its refresh token is its own by the secret', async () => {
  const { preregister, token, tokenProof, obtainCodeOf, key } = await clientWithKey('required');
  const { clientId, secret } = await preregister({ authentication: { method: 'client_secret_post' } });
  const asClient = { client_id: clientId, client_secret: secret };
  const code = await obtainCodeOf(clientId);
  const exchanged = await token(
    { ...asClient, grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: VERIFIER },
    { dpop: await tokenProof() },
  );
  expect(decodeJwt(exchanged.body.access_token)['cnf']).toEqual({ jkt: key.thumbprint });
  const next = await newProofKey();
  const refreshed = await token(
    { ...asClient, grant_type: 'refresh_token', refresh_token: exchanged.body.refresh_token },
    { dpop: await tokenProof(next) },
  );
  expect(decodeJwt(refreshed.body.access_token)['cnf']).toEqual({ jkt: next.thumbprint });
  const bare = { ...asClient, grant_type: 'refresh_token', refresh_token: refreshed.body.refresh_token };
  expect((await token(bare)).body.error).toBe('invalid_dpop_proof');
});

describe('a nonce', () => {
  test(cite('is good for some minutes and no longer', 'rfc9449:4.3:nonce'), async () => {
    const { nonce, token, key, pass, clientId } = await clientWithKey();
    const given = await nonce();
    const errorWith = async (seconds: number) => {
      const dpop = await signProof(key, { htu: TOKEN, nonce: given, iat: NOW / 1_000 + seconds });
      return (await token({ client_id: clientId }, { dpop })).body.error;
    };
    expect(await errorWith(0)).toBe('invalid_request');
    pass(120);
    expect(await errorWith(120)).toBe('invalid_request');
    pass(120);
    expect(await errorWith(240)).toBe('use_dpop_nonce');
  });

  test('is refused if it is of another realm', async () => {
    const [here, there] = [await clientWithKey(), await clientWithKey()];
    const dpop = await signProof(here.key, { htu: TOKEN, nonce: await there.nonce() });
    expect((await here.token({ client_id: here.clientId }, { dpop })).body.error).toBe('use_dpop_nonce');
  });

  test('is accepted by another process', async () => {
    const { options, key, nonce, clientId } = await clientWithKey();
    const dpop = await signProof(key, { htu: TOKEN, nonce: await nonce() });
    const body = new URLSearchParams({ client_id: clientId });
    const request = new Request(TOKEN, { method: 'POST', body, headers: { dpop } });
    const response = await createAuthorizationServer(options).token(request, { ip: '' });
    expect(await response.json()).toMatchObject({ error: 'invalid_request' });
  });
});

describe('userinfo', () => {
  async function holder(policy: DpopPolicy = 'offered') {
    const world = await clientWithKey(policy);
    const code = await world.obtainCode({ scope: 'openid', resource: USERINFO });
    const { body } = await world.exchange(code, world.key);
    return { ...world, accessToken: String(body.access_token) };
  }

  test.each(['DPoP', 'dpop'])(
    cite('takes a bound token by the scheme %s, with a proof', 'rfc9449:7.1:scheme', 'rfc9449:8.2:next'),
    async (scheme) => {
      const { userinfo, accessToken } = await holder();
      const { status, body, headers } = await userinfo(scheme, accessToken, {});
      expect([status, body]).toEqual([200, { sub: 'person-ada' }]);
      expect(headers.get('dpop-nonce')).toMatch(/./);
    },
  );

  test.each([undefined, {}])(
    cite(
      'refuses a bound token as a bearer token, with and without a proof',
      'rfc9449:7.2:no-downgrade',
      'rfc9700:2.2.1:sender-constrained',
    ),
    async (claims) => {
      const { userinfo, accessToken } = await holder();
      const { status, body, headers } = await userinfo('Bearer', accessToken, claims);
      expect([status, body.error]).toEqual([401, 'invalid_token']);
      expect(headers.get('www-authenticate')).toMatch(/^Bearer .*error="invalid_token".*, DPoP algs="ES256 /);
    },
  );

  test.each<[string, Record<string, unknown> | undefined, string]>([
    ['no proof', undefined, 'invalid_dpop_proof'],
    [cite('a proof for another token', 'rfc9449:4.3:ath'), { ath: 'x' }, 'invalid_dpop_proof'],
    ['a proof for no token', { ath: undefined }, 'invalid_dpop_proof'],
    ['a proof for another method', { htm: 'POST' }, 'invalid_dpop_proof'],
    ['a proof for the token endpoint', { htu: TOKEN }, 'invalid_dpop_proof'],
    [cite('a proof without a nonce', 'rfc9449:9:nonce'), { nonce: undefined }, 'use_dpop_nonce'],
  ])(cite('refuses a bound token with %s', 'rfc9449:7.1:invalid-proof'), async (_, claims, error) => {
    const { userinfo, accessToken } = await holder();
    const { status, body, headers } = await userinfo('DPoP', accessToken, claims);
    expect([status, body.error]).toEqual([401, error]);
    expect(headers.get('www-authenticate')).toMatch(new RegExp(`^DPoP .*error="${error}".*algs="ES256 `));
    expect(headers.get('www-authenticate')).not.toContain('Bearer');
  });

  test(
    cite(
      'refuses a bound token with a proof of another key',
      'rfc9449:4.3:key',
      'rfc9700:2.2.1:sender-constrained',
    ),
    async () => {
      const { userinfo, accessToken } = await holder();
      const { body } = await userinfo('DPoP', accessToken, {}, await newProofKey());
      expect(body.error).toBe('invalid_dpop_proof');
    },
  );

  test(cite('refuses a proof that comes again', 'rfc9449:11.1:replay'), async () => {
    const { userinfo, accessToken } = await holder();
    expect((await userinfo('DPoP', accessToken, { jti: 'once' })).status).toBe(200);
    expect((await userinfo('DPoP', accessToken, { jti: 'once' })).body.error).toBe('invalid_dpop_proof');
  });

  test('refuses a bearer token by the scheme DPoP, and by its own once keys are required', async () => {
    const { exchange, obtainCode, userinfo, change } = await clientWithKey();
    const { body } = await exchange(await obtainCode({ scope: 'openid', resource: USERINFO }));
    expect((await userinfo('DPoP', body.access_token, {})).body.error).toBe('invalid_token');
    expect((await userinfo('Bearer', body.access_token)).status).toBe(200);
    await change(await realmWithDpop('required'));
    const { headers } = await userinfo('Bearer', body.access_token);
    expect(headers.get('www-authenticate')).toMatch(/^DPoP .*error="invalid_token"/);
  });
});

test(
  cite('introspection tells an API the key that a token is bound to', 'rfc9449:6.2:introspection'),
  async () => {
    const { obtainCode, exchange, key, server } = await clientWithKey();
    const { body: tokens } = await exchange(await obtainCode(), key);
    const request = new Request(`${ISSUER}/connect/introspect`, {
      method: 'POST',
      body: new URLSearchParams({ token: tokens.access_token }),
      headers: { authorization: basic('notes', 'secret-of-notes') },
    });
    expect(await (await server.introspect(request, { ip: '' })).json()).toMatchObject({
      active: true,
      token_type: 'DPoP',
      cnf: { jkt: key.thumbprint },
    });
  },
);

test.each<[DpopPolicy, DpopPolicy, boolean]>([
  ['off', 'off', false],
  ['off', 'offered', true],
  ['required', 'off', true],
])(
  cite('is advertised in the metadata if APIs have it %s and %s: %s', 'rfc9449:5.1:advertised'),
  async (rest, notes, expected) => {
    const { server, change } = await clientWithKey();
    await change(await realmWithDpop(rest, notes));
    const metadata = await (await server.metadata(new Request(ISSUER), { ip: '' })).json();
    expect('dpop_signing_alg_values_supported' in metadata).toBe(expected);
  },
);

test('agents that run in a page may send proofs and read nonces', async () => {
  const { server } = await clientWithKey();
  const preflight = await server.token(new Request(TOKEN, { method: 'OPTIONS' }), { ip: '' });
  expect(preflight.headers.get('access-control-allow-headers')).toContain('dpop');
  expect(preflight.headers.get('access-control-expose-headers')).toContain('dpop-nonce');
});

describe('a proof in a request that is refused is not stored', () => {
  /** A client with a key, and every row that is kept of a proof. */
  async function watched() {
    const world = await clientWithKey('offered');
    const kept: string[] = [];
    const { replays } = world.stores;
    const stores = {
      ...world.stores,
      replays: {
        ...replays,
        note: async (...parameters: Parameters<typeof replays.note>) => {
          kept.push(parameters[1]);
          return replays.note(...parameters);
        },
      },
    };
    const server = createAuthorizationServer({ ...world.options, stores });
    const post = async (
      endpoint: 'token' | 'pushedRequest' | 'userinfo',
      htu: string,
      fields: Record<string, string>,
      headers: Record<string, string> = {},
    ) => {
      const claims = { htu, nonce: await world.nonce() };
      kept.length = 0;
      const dpop = await signProof(world.key, { ...claims, ...proofOf(headers) });
      const body = new URLSearchParams(fields);
      const request = new Request(htu, { method: 'POST', body, headers: { ...headers, dpop } });
      return (await server[endpoint](request, { ip: '192.0.2.1' })).status;
    };
    return { ...world, kept, post };
  }

  const proofOf = ({ authorization = '' }: Record<string, string>) => {
    const [, token] = authorization.split(' ');
    return token === undefined ? {} : { ath: createHash('sha256').update(token).digest('base64url') };
  };

  test.each<[string, Record<string, string>]>([
    ['no grant type', {}],
    ['an unknown code', { grant_type: 'authorization_code', code: 'x', code_verifier: VERIFIER }],
    ['an unknown refresh token', { grant_type: 'refresh_token', refresh_token: 'x' }],
  ])('at the token endpoint: %s', async (_, fields) => {
    const { post, kept, clientId } = await watched();
    expect(await post('token', TOKEN, { client_id: clientId, ...fields })).toBe(400);
    expect(kept).toEqual([]);
  });

  test('at the token endpoint with a good refresh token for another API', async () => {
    const { post, kept, clientId, obtainCode, exchange, key } = await watched();
    const { body } = await exchange(await obtainCode(), key);
    const good = { client_id: clientId, grant_type: 'refresh_token', refresh_token: body.refresh_token };
    expect(await post('token', TOKEN, { ...good, resource: 'https://mail.example' })).toBe(400);
    expect(kept).toEqual([]);
    expect(await post('token', TOKEN, good)).toBe(200);
    expect(kept).toHaveLength(1);
  });

  test('where requests are pushed', async () => {
    const { post, kept, clientId, authorizeUrl } = await watched();
    const htu = `${ISSUER}/connect/par`;
    const good = Object.fromEntries(authorizeUrl(clientId).searchParams);
    expect(await post('pushedRequest', htu, { ...good, redirect_uri: 'https://evil.example' })).toBe(400);
    expect(kept).toEqual([]);
    expect(await post('pushedRequest', htu, good)).toBe(201);
    expect(kept).toHaveLength(1);
  });

  test('at userinfo without a good access token', async () => {
    const { post, kept } = await watched();
    expect(await post('userinfo', USERINFO, {}, { authorization: 'DPoP nonsense' })).toBe(401);
    expect(kept).toEqual([]);
  });
});
