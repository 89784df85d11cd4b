import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { sha256 } from '@vestibule/http';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { createMemoryStores } from '../src/memory/index.ts';
import { CALLBACK, ISSUER, MAIL, NOTES, NOW, realmWith, setUp, type Toggles, VERIFIER } from './set-up.ts';

const GATES: [string, Toggles, string][] = [
  ['realm', { realm: false }, 'unauthorized_client'],
  ['api', { notes: false }, 'invalid_target'],
  ['scope', { read: false, write: false }, 'invalid_scope'],
];

async function attached() {
  const world = setUp();
  const clientId = await world.register();
  const { body } = await world.exchange(clientId, await world.obtainCode(clientId));
  return { ...world, clientId, tokens: body };
}

describe('exchanging a code', () => {
  test(
    cite(
      'gives a token that is good for the one API, and a refresh token',
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
    [cite('a verifier that is none', 'rfc7636:4.1:form'), { code_verifier: 'short' }, 'invalid_grant'],
  ])('with %s uses the code up and gets nothing', async (_, fields, error) => {
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
  ])('with %s is told so, and leaves the code as it is', async (_, fields, error, description) => {
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

  test('at the very same moment as another ends what that has opened', async () => {
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

  test.each(GATES)(
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

describe('refreshing', () => {
  test(
    cite(
      'gives a new token and a new refresh token',
      'oauth2.1:4.3.1:rotation',
      'rfc6749:6:scope-omitted',
      'rfc9700:2.2.2:rotation',
      'mcp:token-theft:rotation',
    ),
    async () => {
      const { refresh, clientId, tokens, pass, audit } = await attached();
      pass(1_000);
      const { status, body } = await refresh(clientId, tokens.refresh_token, { resource: NOTES });
      expect(status).toBe(200);
      expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 900, scope: 'read write' });
      expect(body.access_token).not.toBe(tokens.access_token);
      expect(body.refresh_token).not.toBe(tokens.refresh_token);
      expect(audit.events.at(-1)).toMatchObject({
        type: 'token.issued',
        grantType: 'refresh_token',
        subject: 'person-ada',
      });
    },
  );

  test(
    cite(
      'goes on for as long as it is used within seven days, and ends after seven without',
      'oauth2.1:4.3.3:unused',
      'rfc9700:4.14.2:expiry',
    ),
    async () => {
      const { refresh, clientId, tokens, pass } = await attached();
      let current = tokens.refresh_token;
      for (let week = 0; week < 3; week += 1) {
        pass(604_799);
        const { status, body } = await refresh(clientId, current);
        expect(status).toBe(200);
        current = body.refresh_token;
      }
      pass(604_800);
      expect((await refresh(clientId, current)).body).toMatchObject({ error: 'invalid_grant' });
    },
  );

  test(
    cite('a retry after a lost answer gets the same successor, days later too', 'rfc9700:4.14.2:grace'),
    async () => {
      const { refresh, clientId, tokens, pass } = await attached();
      const first = await refresh(clientId, tokens.refresh_token);
      for (const seconds of [19, 3_600, 4 * 86_400]) {
        pass(seconds);
        const again = await refresh(clientId, tokens.refresh_token);
        expect(again.body.refresh_token).toBe(first.body.refresh_token);
      }
      expect((await refresh(clientId, first.body.refresh_token)).status).toBe(200);
    },
  );

  test(
    cite(
      'a used token is repeated for 20 seconds from the first use of its successor, and not for 21',
      'rfc9700:4.14.2:grace',
    ),
    async () => {
      const { refresh, clientId, tokens, pass } = await attached();
      const second = await refresh(clientId, tokens.refresh_token);
      pass(3_600);
      const third = await refresh(clientId, second.body.refresh_token);
      pass(19);
      const again = await refresh(clientId, tokens.refresh_token);
      expect(again.body.refresh_token).toBe(second.body.refresh_token);
      pass(1);
      expect((await refresh(clientId, tokens.refresh_token)).body).toMatchObject({ error: 'invalid_grant' });
      expect((await refresh(clientId, third.body.refresh_token)).body).toMatchObject({
        error: 'invalid_grant',
      });
    },
  );

  test('records a retry as repeated, and a first use as such', async () => {
    const { refresh, clientId, tokens, audit } = await attached();
    await refresh(clientId, tokens.refresh_token);
    expect(audit.events.at(-1)).not.toHaveProperty('repeated');
    await refresh(clientId, tokens.refresh_token);
    expect(audit.events.at(-1)).toMatchObject({ type: 'token.issued', repeated: true });
  });

  test('a token from long ago ends the family, though it is not stored', async () => {
    const { refresh, clientId, tokens, pass, audit } = await attached();
    let newest = tokens.refresh_token;
    for (let round = 0; round < 6; round += 1) {
      newest = (await refresh(clientId, newest)).body.refresh_token;
      pass(60);
    }
    expect((await refresh(clientId, tokens.refresh_token)).body).toMatchObject({ error: 'invalid_grant' });
    expect((await refresh(clientId, newest)).body).toMatchObject({ error: 'invalid_grant' });
    expect(audit.events).toContainEqual(
      expect.objectContaining({ type: 'grant.ended', reason: 'refresh-token-replayed' }),
    );
  });

  describe('refresh tokens that were issued without the secret of a family', () => {
    const OLD = 'a-refresh-token-as-they-were-issued-before-1';

    /** A client whose refresh token is of the old form. */
    async function attachedBefore() {
      const world = await attached();
      const { grant_id: grantId } = decodeJwt(world.tokens.access_token);
      const opened = await world.stores.grants.find('main', String(grantId));
      if (opened === undefined) throw new Error('There is no grant.');
      const id = 'opened-before';
      const { expiresAt } = opened;
      await world.stores.grants.insert({ ...opened, id });
      const token = { hash: await sha256(`refresh:${OLD}`), expiresAt };
      await world.stores.grants.open({ realm: 'main', id, at: NOW, expiresAt, token });
      return world;
    }

    test('go on working, and their family has a secret from the next refresh on', async () => {
      const { refresh, clientId, pass } = await attachedBefore();
      const second = (await refresh(clientId, OLD)).body.refresh_token;
      expect(second).toMatch(/^[\w-]{43}\.[\w-]{43}$/);
      pass(3_600);
      expect((await refresh(clientId, OLD)).body.refresh_token).toBe(second);
      const third = (await refresh(clientId, second)).body.refresh_token;
      expect(third.split('.')[0]).toBe(second.split('.')[0]);
      expect((await refresh(clientId, third)).status).toBe(200);
    });

    test.each([1, 2, 5])('are replays after %i refreshes more', async (rounds) => {
      const { refresh, clientId, pass } = await attachedBefore();
      let newest = (await refresh(clientId, OLD)).body.refresh_token;
      for (let round = 0; round < rounds; round += 1) {
        newest = (await refresh(clientId, newest)).body.refresh_token;
      }
      pass(20);
      expect((await refresh(clientId, OLD)).body).toMatchObject({ error: 'invalid_grant' });
      expect((await refresh(clientId, newest)).body).toMatchObject({ error: 'invalid_grant' });
    });
  });

  test(cite('fifty at once: one successor', 'rfc9700:4.14.2:at-once'), async () => {
    const { refresh, clientId, tokens } = await attached();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => refresh(clientId, tokens.refresh_token)),
    );
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(new Set(answers.map(({ body }) => body.refresh_token)).size).toBe(1);
    expect((await refresh(clientId, answers[0]?.body.refresh_token)).status).toBe(200);
  });

  test(
    cite(
      'a replay after the grace ends the whole family',
      'oauth2.1:4.3.1:replay',
      'rfc9700:4.14.2:replay',
      'mcp:token-theft:rotation',
    ),
    async () => {
      const { refresh, clientId, tokens, pass, audit } = await attached();
      const next = await refresh(clientId, tokens.refresh_token);
      const newest = await refresh(clientId, next.body.refresh_token);
      pass(20);
      expect((await refresh(clientId, tokens.refresh_token)).body).toMatchObject({ error: 'invalid_grant' });
      for (const { body } of [next, newest]) {
        expect((await refresh(clientId, body.refresh_token)).body).toMatchObject({ error: 'invalid_grant' });
      }
      expect(audit.events).toContainEqual(
        expect.objectContaining({ type: 'grant.ended', reason: 'refresh-token-replayed' }),
      );
    },
  );

  test(
    cite(
      'the grace does not fork a family: a token that is repeated leads to the same tokens',
      'rfc9700:4.14.2:grace',
    ),
    async () => {
      const { refresh, clientId, tokens } = await attached();
      const second = await refresh(clientId, tokens.refresh_token);
      const third = await refresh(clientId, second.body.refresh_token);
      const again = await refresh(clientId, tokens.refresh_token);
      expect(again.body.refresh_token).toBe(second.body.refresh_token);
      expect((await refresh(clientId, again.body.refresh_token)).body.refresh_token).toBe(
        third.body.refresh_token,
      );
    },
  );

  test.each([
    [cite('fewer scopes', 'rfc6749:6:scope-stays'), 'read', 'read'],
    [
      cite('more scopes than were granted', 'rfc6749:6:scope-within', 'oauth2.1:4.3.1:scope-and-resource'),
      'read write admin offline_access',
      'read write',
    ],
  ])('with %s', async (_, scope, granted) => {
    const { refresh, clientId, tokens } = await attached();
    const { body } = await refresh(clientId, tokens.refresh_token, { scope });
    expect(body).toMatchObject({ scope: granted });
    expect((await refresh(clientId, body.refresh_token)).body).toMatchObject({ scope: 'read write' });
  });

  test.each([
    [cite('scopes that were not granted', 'rfc6749:5.2:invalid-scope'), { scope: 'mail' }, 'invalid_scope'],
    ['what is no scope', { scope: '"' }, 'invalid_scope'],
    [
      cite('another API', 'rfc8707:2.2:refresh', 'oauth2.1:4.3.1:scope-and-resource'),
      { resource: MAIL },
      'invalid_target',
    ],
    ['two APIs', { resource: `${NOTES} ${MAIL}` }, 'invalid_target'],
  ])('with %s is refused and costs nothing', async (_, fields, error) => {
    const { refresh, clientId, tokens } = await attached();
    expect((await refresh(clientId, tokens.refresh_token, fields)).body).toMatchObject({ error });
    expect((await refresh(clientId, tokens.refresh_token)).status).toBe(200);
  });

  test(
    cite('by another client gets nothing and costs nothing', 'rfc6749:6:client', 'rfc9700:4.14.2:bound'),
    async () => {
      const { refresh, register, clientId, tokens } = await attached();
      expect((await refresh(await register(), tokens.refresh_token)).body).toMatchObject({
        error: 'invalid_grant',
      });
      expect((await refresh(clientId, tokens.refresh_token)).status).toBe(200);
    },
  );

  test.each(GATES)(
    cite('stops at a closed gate, and goes on when it opens again: %s', 'vestibule:gates:at-refresh'),
    async (gate, toggles, error) => {
      const { refresh, clientId, tokens, change, audit } = await attached();
      await change(realmWith(toggles));
      expect(await refresh(clientId, tokens.refresh_token)).toMatchObject({ status: 400, body: { error } });
      expect(audit.events.at(-1)).toMatchObject({ type: 'token.refused', gate });
      await change(realmWith());
      expect((await refresh(clientId, tokens.refresh_token)).status).toBe(200);
    },
  );

  test('leaves out a scope that was closed since', async () => {
    const { refresh, clientId, tokens, change } = await attached();
    await change(realmWith({ write: false }));
    expect((await refresh(clientId, tokens.refresh_token)).body).toMatchObject({ scope: 'read' });
  });

  test('keeps no token in clear, and tells none to the audit', async () => {
    const { refresh, clientId, tokens, audit } = await attached();
    const { body } = await refresh(clientId, tokens.refresh_token);
    const told = JSON.stringify(audit.events);
    for (const secret of [tokens.refresh_token, body.refresh_token, tokens.access_token, body.access_token]) {
      expect(told).not.toContain(secret);
    }
  });
});

describe('who asks comes first', () => {
  test.each<[string, Record<string, string>, number, string]>([
    [cite('no client', 'rfc6749:3.2.1:client-id'), { client_id: '' }, 401, 'invalid_client'],
    [cite('an unknown client', 'rfc6749:5.2:invalid-client'), { client_id: 'nobody' }, 401, 'invalid_client'],
    [
      'an unknown client with a grant type that there is not',
      { client_id: 'nobody', grant_type: 'x' },
      401,
      'invalid_client',
    ],
    [cite('a secret', 'vestibule:rules:no-secret'), { client_secret: 's' }, 401, 'invalid_client'],
    [cite('no grant type', 'rfc6749:5.2:invalid-request'), { grant_type: '' }, 400, 'invalid_request'],
    [
      cite(
        'client_credentials',
        'vestibule:rules:no-client-credentials-token',
        'rfc6749:4.4:client-credentials',
      ),
      { grant_type: 'client_credentials' },
      400,
      'unsupported_grant_type',
    ],
    [
      cite(
        'password',
        'vestibule:rules:no-client-credentials-token',
        'rfc6749:4.3:password',
        'rfc9700:2.4:password',
      ),
      { grant_type: 'password' },
      400,
      'unsupported_grant_type',
    ],
    [
      cite('the device grant', 'rfc6749:5.2:unsupported-grant-type', 'rfc8414:2:grant-types'),
      { grant_type: 'urn:ietf:params:oauth:grant-type:device_code' },
      400,
      'unsupported_grant_type',
    ],
    ['no code', { code: '' }, 400, 'invalid_request'],
    ['a code that there is not', { code: 'x' }, 400, 'invalid_grant'],
    ['a refresh that lacks its token', { grant_type: 'refresh_token' }, 400, 'invalid_request'],
    [
      'a refresh token that there is not',
      { grant_type: 'refresh_token', refresh_token: 'x' },
      400,
      'invalid_grant',
    ],
  ])(cite('%s: %s', 'rfc6749:5.2:json', 'rfc6749:5.2:no-store'), async (_, fields, status, error) => {
    const { register, token } = setUp();
    const answer = await token({
      grant_type: 'authorization_code',
      client_id: await register(),
      code: 'x',
      code_verifier: VERIFIER,
      ...fields,
    });
    expect(answer).toMatchObject({ status, body: { error, error_description: expect.any(String) } });
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test(
    cite(
      'an Authorization header is refused with a challenge',
      'vestibule:rules:no-secret',
      'rfc6749:5.2:challenge',
    ),
    async () => {
      const { register, token } = setUp();
      const authorization = `Basic ${btoa(`${await register()}:`)}`;
      const answer = await token({ grant_type: 'authorization_code' }, { authorization });
      expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
      expect(answer.headers.get('www-authenticate')).toMatch(/^Basic /);
    },
  );

  const bodies: [string, BodyInit, string, number][] = [
    [cite('JSON', 'rfc6749:3.2:form'), '{}', 'application/json', 415],
    ['nothing', '', '', 415],
    ['too much', `x=${'x'.repeat(70_000)}`, 'application/x-www-form-urlencoded', 413],
    ['no UTF-8', new Uint8Array([0xff]), 'application/x-www-form-urlencoded', 400],
    ['an empty form', '', 'application/x-www-form-urlencoded', 401],
    ['a client twice', 'client_id=a&client_id=b', 'application/x-www-form-urlencoded', 400],
  ];
  test.each(bodies)('a body that is %s', async (_, body, type, status) => {
    const { server, errors } = setUp();
    const init = { method: 'POST', body, headers: { 'content-type': type } };
    const response = await server.token(new Request(`${ISSUER}/connect/token`, init), { ip: '' });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({
      error: expect.any(String),
      error_description: expect.any(String),
    });
    expect(errors).toEqual([]);
  });

  test(cite('a repeated parameter is refused before the code is looked at', 'rfc6749:3.2:once'), async () => {
    const { register, obtainCode, exchange, server } = setUp();
    const clientId = await register();
    const code = await obtainCode(clientId);
    const body = `grant_type=authorization_code&client_id=${clientId}&code=${code}&code=${code}`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const response = await server.token(
      new Request(`${ISSUER}/connect/token`, { method: 'POST', body, headers }),
      { ip: '' },
    );
    expect(await response.json()).toMatchObject({ error: 'invalid_request' });
    expect((await exchange(clientId, code)).status).toBe(200);
  });

  test(cite('pages of any origin may ask, and may read the errors', 'rfc9700:2.6:cors'), async () => {
    const { token, server } = setUp();
    const preflight = await server.token(new Request(`${ISSUER}/connect/token`, { method: 'OPTIONS' }), {
      ip: '',
    });
    expect(preflight.status).toBe(204);
    for (const headers of [preflight.headers, (await token({})).headers]) {
      expect(headers?.get('access-control-allow-origin')).toBe('*');
      expect(headers?.get('access-control-expose-headers')).toContain('www-authenticate');
    }
  });

  test(
    cite('an outage is a bare error, and reaches the operator', 'vestibule:bad-input:outage'),
    async () => {
      const { clients, token, errors } = setUp();
      clients.find = () => Promise.reject(new Error('disk on fire'));
      const answer = await token({ client_id: 'x' });
      expect(answer).toMatchObject({ status: 500, body: { error: 'server_error' } });
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(JSON.stringify(answer.body)).not.toContain('fire');
      expect(errors).toEqual([new Error('disk on fire')]);
    },
  );
});
