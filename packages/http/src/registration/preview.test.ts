import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { BODY, OPERATOR, REGISTER, RULES_URI, setUp } from '../../test/support/set-up.ts';
import { createRegistrationEndpoint } from './registration-endpoint.ts';

const PREVIEW = `${REGISTER}?preview`;

test(
  cite(
    'an operator gets the result rule by rule, and nothing is stored',
    'vestibule:policy:preview-http',
    'vestibule:policy:preview',
    'vestibule:policy:docs',
  ),
  async () => {
    const { ask, audit, everyClient } = setUp({ candidate: { reservedNames: ['Garden'] } });
    for (const path of [PREVIEW, `${REGISTER}?preview=`, `${REGISTER}?x=1&preview=true`]) {
      const { status, body } = await ask(path, { body: BODY, token: OPERATOR });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        outcome: 'accepted',
        metadata: { client_name: 'Garden app', token_endpoint_auth_method: 'none' },
        candidate: {
          error: 'invalid_client_metadata',
          error_description: expect.stringContaining('[client-name.reserved]'),
        },
        trace: expect.arrayContaining([
          {
            rule: 'redirect-uris.count',
            outcome: 'kept',
            source: 'RFC 7591 §2',
            docs: `${RULES_URI}#redirect-uris.count`,
          },
          {
            rule: 'response-types.code',
            outcome: 'narrowed',
            to: ['code'],
            source: 'RFC 7591 §2.1',
            docs: `${RULES_URI}#response-types.code`,
          },
        ]),
      });
    }
    expect([audit.events, await everyClient()]).toEqual([[], []]);
  },
);

test(
  cite('what would be refused is answered so, and is no error', 'vestibule:policy:preview-http'),
  async () => {
    const { ask, audit } = setUp();
    const { status, body } = await ask(PREVIEW, { body: {}, token: OPERATOR });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      outcome: 'refused',
      error: 'invalid_redirect_uri',
      error_description: expect.stringContaining('[redirect-uris.count]'),
      trace: [{ rule: 'redirect-uris.count', outcome: 'refused', description: expect.any(String) }],
    });
    expect(audit.events).toEqual([]);
  },
);

test('an unreadable body is refused, and not recorded', async () => {
  const { ask, audit } = setUp();
  expect(await ask(PREVIEW, { body: '{', token: OPERATOR })).toMatchObject({
    status: 400,
    body: { error_uri: `${RULES_URI}#body.json` },
  });
  expect(audit.events).toEqual([]);
});

describe(cite('a preview is for operators alone', 'vestibule:policy:preview-operators'), () => {
  test.each<[string, Record<string, string>, string]>([
    ['no token', {}, 'Bearer realm="registration"'],
    ['another token', { authorization: 'Bearer x' }, 'Bearer realm="registration", error="invalid_token"'],
    [
      'another scheme',
      { authorization: `Basic ${OPERATOR}` },
      'Bearer realm="registration", error="invalid_token"',
    ],
    [
      'two tokens',
      { authorization: `Bearer ${OPERATOR}, Bearer ${OPERATOR}` },
      'Bearer realm="registration", error="invalid_token"',
    ],
  ])('%s', async (_, headers, challenge) => {
    const { ask, audit } = setUp();
    const answer = await ask(PREVIEW, { body: BODY, headers });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain(challenge);
    expect(answer.body).not.toHaveProperty('trace');
    expect(audit.events).toEqual([]);
  });

  test('an initial access token is not an operator’s, and is not used up', async () => {
    const { ask, issue, initialAccessTokens } = setUp({ mode: 'both' });
    const { token, record } = await issue();
    expect(await ask(PREVIEW, { body: BODY, token })).toMatchObject({ status: 401 });
    expect(await initialAccessTokens.findByHash('main', record.hash)).toMatchObject({ uses: 0 });
  });

  test('without isOperator no token is an operator’s', async () => {
    const endpoint = createRegistrationEndpoint({
      registrar: {
        isOpen: async () => true,
        preview: () => expect.unreachable(),
      } as unknown as Parameters<typeof createRegistrationEndpoint>[0]['registrar'],
      realm: 'main',
      onError: (error) => expect.unreachable(String(error)),
    });
    for (const authorization of ['Bearer x', 'Bearer ', '']) {
      const request = new Request(`https://id.example${PREVIEW}`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(BODY),
      });
      expect((await endpoint(request, { ip: '' }))?.status).toBe(401);
    }
  });
});

test('an operator’s token is no initial access token', async () => {
  const { ask } = setUp({ mode: 'initial-access-token' });
  expect(await ask(REGISTER, { body: BODY, token: OPERATOR })).toMatchObject({ status: 401 });
});

test('an operator can preview while registration is closed, and for others the endpoint does not exist', async () => {
  const { send } = setUp({ open: false });
  expect((await send(PREVIEW, { body: BODY, token: OPERATOR }))?.status).toBe(200);
  expect(await send(PREVIEW, { body: BODY, token: 'somebody' })).toBeUndefined();
  expect(await send(PREVIEW, { body: BODY })).toBeUndefined();
});
