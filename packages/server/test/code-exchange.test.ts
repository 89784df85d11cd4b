import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { createMemoryStores } from '../src/memory/index.ts';
import { CLOSED_GATES } from './closed-gates.ts';
import { CALLBACK, ISSUER, MAIL, NOTES, NOW, realmWith, setUp, VERIFIER } from './set-up.ts';

describe('exchanging a code', () => {
  test(
    cite(
      'issues a token for the one API, and a refresh token',
      'vestibule:rules:one-api',
      'rfc6749:3.3:told',
      'rfc6749:5.1:members',
      'rfc6749:5.1:no-store',
      'rfc6749:10.10:entropy',
      'rfc7636:4.2:s256',
      'rfc8707:2.2:audience',
      'rfc8707:2.2:one-audience',
      'rfc9068:2.1:typ',
      'rfc9068:2.1:asymmetric',
      'rfc9068:2.2:claims',
      'rfc9068:2.2:lifetime',
      'rfc9068:2.2.3:scope',
      'rfc9068:3:aud',
      'rfc9068:6:no-person',
      'rfc9700:2.3:audience',
      'rfc9700:2.3:scopes',
      'mcp:token-theft:short-lived',
      'mcp:refresh-tokens:registered',
    ),
    async () => {
      const { register, obtainCode, exchange, server } = setUp();
      const clientId = await register();
      const { status, body, headers } = await exchange(
        clientId,
        await obtainCode(clientId, { scope: 'read' }),
      );
      expect(status).toBe(200);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(body).toEqual({
        access_token: expect.any(String),
        token_type: 'Bearer',
        expires_in: 900,
        scope: 'read',
        refresh_token: expect.stringMatching(/^[\w-]{43}\.[\w-]{43}$/),
      });

      const jwks = await (await server.jwks(new Request(`${ISSUER}/connect/jwks`), { ip: '' }))?.json();
      const { payload } = await jwtVerify(body.access_token, createLocalJWKSet(jwks), {
        currentDate: new Date(NOW),
      });
      expect(decodeProtectedHeader(body.access_token)).toEqual({
        alg: 'ES256',
        typ: 'at+jwt',
        kid: jwks.keys[0].kid,
      });
      expect(payload).toEqual({
        iss: ISSUER,
        sub: 'person-ada',
        aud: NOTES,
        client_id: clientId,
        scope: 'read',
        grant_id: expect.any(String),
        jti: expect.any(String),
        iat: NOW / 1000,
        exp: NOW / 1000 + 900,
      });
      expect(JSON.stringify(jwks)).not.toContain('"d"');
    },
  );

  test(
    cite(
      'gives no refresh token to a client that registered without',
      'rfc7591:2:grant-types-bind',
      'rfc6749:5.2:unauthorized-client',
    ),
    async () => {
      const { register, obtainCode, exchange, refresh } = setUp();
      const clientId = await register({ grant_types: ['authorization_code'] });
      const { body } = await exchange(clientId, await obtainCode(clientId));
      expect(body).not.toHaveProperty('refresh_token');
      expect((await refresh(clientId, 'x')).body).toMatchObject({ error: 'unauthorized_client' });
    },
  );

  test(cite('may leave out resource, and gets the API that was granted', 'rfc8707:2.2:omitted'), async () => {
    const { register, obtainCode, token } = setUp();
    const clientId = await register();
    const fields = {
      grant_type: 'authorization_code',
      client_id: clientId,
      redirect_uri: CALLBACK,
      code_verifier: VERIFIER,
    };
    expect((await token({ ...fields, code: await obtainCode(clientId) })).status).toBe(200);
  });

  test.each([
    [
      cite(
        'another verifier',
        'rfc7636:4.6:compared',
        'rfc7636:4.6:one-try',
        'oauth2.1:4.1.3:verifier',
        'rfc9700:4.5.3:bound',
        'rfc6749:5.2:invalid-grant',
      ),
      { code_verifier: `${VERIFIER}x` },
      'invalid_grant',
    ],
    [cite('a malformed verifier', 'rfc7636:4.1:form'), { code_verifier: 'short' }, 'invalid_grant'],
  ])('consumes the code and fails: %s', async (_, fields, error) => {
    const { register, obtainCode, exchange } = setUp();
    const clientId = await register();
    const code = await obtainCode(clientId);
    expect(await exchange(clientId, code, fields)).toMatchObject({ status: 400, body: { error } });
    expect(await exchange(clientId, code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  test.each([
    [
      cite(
        'no verifier',
        'rfc7636:4.5:missing',
        'oauth2.1:4.1.3:verifier',
        'rfc9700:4.8.2:downgrade',
        'rfc7636:7.2:no-downgrade',
        'rfc6749:3.2:empty-is-absent',
      ),
      { code_verifier: '' },
      'invalid_request',
      'code_verifier is missing; PKCE is required',
    ],
    [
      cite(
        'no code',
        'rfc6749:4.1.3:code-missing',
        'rfc6749:5.2:invalid-request',
        'rfc6749:3.2:empty-is-absent',
      ),
      { code: '' },
      'invalid_request',
      'code is missing',
    ],
    [
      cite('another redirect URI', 'rfc6749:4.1.3:redirect-uri'),
      { redirect_uri: 'https://app.example/other' },
      'invalid_grant',
      'redirect_uri is not the one of the authorization request',
    ],
    [
      cite('another API', 'rfc8707:2.2:other'),
      { resource: MAIL },
      'invalid_target',
      'resource is not the API that was granted',
    ],
  ])('fails with an error and does not consume the code: %s', async (_, fields, error, description) => {
    const { register, obtainCode, exchange } = setUp();
    const clientId = await register();
    const code = await obtainCode(clientId);
    expect(await exchange(clientId, code, fields)).toMatchObject({
      status: 400,
      body: { error, error_description: description },
    });
    expect((await exchange(clientId, code)).status).toBe(200);
  });

  test.each([
    ['with it', CALLBACK],
    ['without it', undefined],
  ])(
    cite(
      'may leave redirect_uri out or name it after a request %s, and may not name another',
      'oauth2.1:4.1.3:redirect-uri-omitted',
    ),
    async (_, asked) => {
      const { register, obtainCode, exchange } = setUp();
      const clientId = await register();
      for (const [named, status] of [
        ['', 200],
        [CALLBACK, 200],
        [`${CALLBACK}x`, 400],
      ] as const) {
        const code = await obtainCode(clientId, { redirect_uri: asked });
        expect((await exchange(clientId, code, { redirect_uri: named })).status).toBe(status);
      }
    },
  );

  test('keeps the code where the keys to sign with cannot be had', async () => {
    const { register, obtainCode, exchange, stores } = setUp();
    const clientId = await register();
    const code = await obtainCode(clientId);
    const { list } = stores.keys;
    stores.keys.list = () => Promise.reject(new Error('no keys'));
    expect((await exchange(clientId, code)).status).toBe(500);
    stores.keys.list = list;
    expect((await exchange(clientId, code)).status).toBe(200);
  });

  test('is not possible with a code that is brought back by a page that was opened late', async () => {
    const { register, authorizeUrl, newBrowser, openConsent, answer, exchange, pass, stores } = setUp();
    const clientId = await register();
    const browser = newBrowser();
    const done = await answer(browser, await openConsent(browser, authorizeUrl(clientId)), {
      decision: 'approve',
    });
    pass(61);
    stores.codes.put = createMemoryStores().codes.put;
    const late = await browser.open(done.url);
    const code = new URL(late.view.location).searchParams.get('code') ?? '';
    expect((await exchange(clientId, code)).body).toMatchObject({ error: 'invalid_grant' });
  });

  test(
    cite(
      'by another client gets nothing, and takes nothing from the client',
      'rfc6749:4.1.3:client',
      'oauth2.1:7.5.1:injection',
      'rfc9700:4.5.3:bound',
    ),
    async () => {
      const { register, obtainCode, exchange } = setUp();
      const clientId = await register();
      const code = await obtainCode(clientId);
      expect((await exchange(await register(), code)).body).toMatchObject({ error: 'invalid_grant' });
      expect((await exchange(clientId, code)).status).toBe(200);
    },
  );

  test(cite('works for 60 seconds and not for 61', 'rfc6749:4.1.2:short-lived'), async () => {
    const { register, obtainCode, exchange, pass } = setUp();
    const clientId = await register();
    const [early, late] = [await obtainCode(clientId), await obtainCode(clientId)];
    pass(59);
    expect((await exchange(clientId, early)).status).toBe(200);
    pass(1);
    expect((await exchange(clientId, late)).body).toMatchObject({ error: 'invalid_grant' });
  });

  test(cite('fifty at once: one wins', 'rfc6749:4.1.2:once'), async () => {
    const { register, obtainCode, exchange } = setUp();
    const clientId = await register();
    const code = await obtainCode(clientId);
    const answers = await Promise.all(Array.from({ length: 50 }, () => exchange(clientId, code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.error === 'invalid_grant')).toHaveLength(49);
  });

  test(
    cite('a second time ends what the first time opened', 'rfc6749:4.1.2:replayed', 'rfc9700:4.2.4:once'),
    async () => {
      const { register, obtainCode, exchange, refresh, audit } = setUp();
      const clientId = await register();
      const code = await obtainCode(clientId);
      const { body } = await exchange(clientId, code);
      expect((await exchange(clientId, code)).body).toMatchObject({ error: 'invalid_grant' });
      expect((await refresh(clientId, body.refresh_token)).body).toMatchObject({ error: 'invalid_grant' });
      expect(audit.events).toContainEqual(
        expect.objectContaining({ type: 'grant.ended', reason: 'code-replayed' }),
      );
    },
  );

  test('the second of two concurrent ones ends what the first opened', async () => {
    const { register, obtainCode, exchange, refresh, audit } = setUp();
    const clientId = await register();
    const code = await obtainCode(clientId);
    const answers = await Promise.all([exchange(clientId, code), exchange(clientId, code)]);
    const won = answers.find(({ status }) => status === 200);
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(1);
    expect((await refresh(clientId, won?.body.refresh_token)).body).toMatchObject({ error: 'invalid_grant' });
    expect(audit.events).toContainEqual(
      expect.objectContaining({ type: 'grant.ended', reason: 'code-replayed' }),
    );
  });

  test(cite('tells a thief nothing about what was wrong', 'rfc9700:4.5.3:no-hints'), async () => {
    const { register, obtainCode, exchange } = setUp();
    const clientId = await register();
    const attempts = [
      await exchange(clientId, 'nonsense'),
      await exchange(clientId, await obtainCode(clientId), { code_verifier: `${VERIFIER}x` }),
      await exchange(await register(), await obtainCode(clientId)),
      await exchange(clientId, await obtainCode(clientId), {
        code_verifier: `${VERIFIER}x`,
        redirect_uri: 'https://app.example/other',
        resource: MAIL,
      }),
    ];
    expect(new Set(attempts.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  });

  test.each(CLOSED_GATES)(
    cite('stops at a closed gate: %s', 'vestibule:gates:at-exchange', 'rfc6749:5.2:json'),
    async (gate, toggles, error) => {
      const { register, obtainCode, exchange, change, audit } = setUp();
      const clientId = await register();
      const code = await obtainCode(clientId);
      await change(realmWith(toggles));
      expect(await exchange(clientId, code)).toMatchObject({ status: 400, body: { error } });
      expect(audit.events.at(-1)).toMatchObject({ type: 'token.refused', error, gate });
    },
  );

  test('leaves out a scope that was closed since', async () => {
    const { register, obtainCode, exchange, change } = setUp();
    const clientId = await register();
    const code = await obtainCode(clientId);
    await change(realmWith({ write: false }));
    expect((await exchange(clientId, code)).body).toMatchObject({ scope: 'read' });
  });
});
