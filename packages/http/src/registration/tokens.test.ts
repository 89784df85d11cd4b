import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { ADA, BODY, OPERATOR, REGISTER, setUp } from '../../test/support/set-up.ts';

const only = { mode: 'initial-access-token' } as const;

test(
  cite(
    'a request with a valid token in the header is registered',
    'rfc7591:3:protected-registration',
    'rfc7591:3.1:bearer',
    'vestibule:mode:token-only',
  ),
  async () => {
    const { ask, issue, everyClient } = setUp(only);
    const { token, record } = await issue();
    expect(await ask(REGISTER, { body: BODY, token })).toMatchObject({
      status: 201,
      body: { client_name: 'Garden app' },
    });
    expect(await everyClient()).toMatchObject([{ registration: { initialAccessTokenId: record.id } }]);
  },
);

test(
  cite(
    'without a token the challenge names no error',
    'vestibule:initial-access-tokens:none',
    'vestibule:mode:token-only',
  ),
  async () => {
    const { ask, everyClient } = setUp(only);
    const { status, headers, body } = await ask(REGISTER, { body: BODY });
    expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="registration"']);
    expect(body).toEqual({
      error: 'invalid_token',
      error_description: expect.stringContaining('initial access token'),
    });
    expect(await everyClient()).toEqual([]);
  },
);

test(
  cite(
    'unknown, expired, spent and revoked tokens are answered alike, to the byte',
    'vestibule:initial-access-tokens:one-answer',
    'rfc7591:3.2.2:bad-token',
    'vestibule:secrets:errors',
  ),
  async () => {
    const { ask, issue, pass, operator } = setUp(only);
    const old = await issue({ expiresAt: Date.UTC(2026, 10, 23, 12, 1) });
    pass(60);
    const [spent, revoked] = [await issue(), await issue()];
    await ask(REGISTER, { body: { ...BODY, client_name: 'Another app' }, token: spent.token });
    await operator.tokens.revoke(ADA, 'main', revoked.record.id);
    const tokens = ['vit_nobody', old.token, spent.token, revoked.token, OPERATOR];
    const answers = [];
    for (const token of tokens) {
      const { status, headers, text } = await ask(REGISTER, { body: BODY, token });
      expect(text).not.toContain(token);
      answers.push({ status, text, headers: Object.fromEntries(headers) });
    }
    expect(answers[0]).toMatchObject({
      status: 401,
      headers: {
        'www-authenticate': expect.stringMatching(
          /^Bearer realm="registration", error="invalid_token", error_description="[^"\\]+"$/,
        ),
        'cache-control': 'no-store',
        'access-control-allow-origin': '*',
        'access-control-expose-headers': expect.stringContaining('www-authenticate'),
      },
    });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  },
);

test(
  cite(
    'a used-up token gets its client again, and no detail about other requests',
    'vestibule:coalescing:token-uses',
    'vestibule:initial-access-tokens:one-answer',
  ),
  async () => {
    const { ask, issue } = setUp(only);
    const { token } = await issue();
    const first = await ask(REGISTER, { body: BODY, token });
    expect(await ask(REGISTER, { body: BODY, token })).toMatchObject({ status: 201, text: first.text });
    const unknown = await ask(REGISTER, { body: BODY, token: 'vit_nobody' });
    for (const body of [{}, [], 'not json', { ...BODY, client_name: 'Other' }]) {
      const { status, text } = await ask(REGISTER, { body, token });
      expect([status, text]).toEqual([401, unknown.text]);
    }
  },
);

test.each<[string, string, object, Record<string, string>]>([
  ['in the query', '?access_token=TOKEN', {}, {}],
  ['in the query, by another name', '?initial_access_token=TOKEN', {}, {}],
  ['in the body', '', { access_token: 'TOKEN', initial_access_token: 'TOKEN' }, {}],
  ['in another header', '', {}, { 'x-initial-access-token': 'TOKEN', cookie: 'token=TOKEN' }],
])(
  cite('a token %s is refused', 'vestibule:initial-access-tokens:header-only'),
  async (_, query, members, headers) => {
    const { ask, issue, everyClient } = setUp(only);
    const { token } = await issue();
    const put = <T extends object>(some: T): T => JSON.parse(JSON.stringify(some).replaceAll('TOKEN', token));
    const answer = await ask(`${REGISTER}${query.replace('TOKEN', token)}`, {
      body: { ...BODY, ...put(members) },
      headers: put(headers),
    });
    expect(answer).toMatchObject({ status: 401 });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="registration"');
    expect(await everyClient()).toEqual([]);
  },
);

test('without a valid token the response says nothing about the body', async () => {
  const { ask, audit } = setUp(only);
  for (const body of ['{', 'x'.repeat(100_000), JSON.stringify({ redirect_uris: ['javascript:x'] })]) {
    expect(await ask(REGISTER, { body, token: 'x' })).toMatchObject({ status: 401 });
  }
  expect(new Set(audit.events.map(({ type }) => type))).toEqual(new Set(['registration.unauthorized']));
});

test(cite('in the anonymous mode tokens are ignored', 'vestibule:mode:anonymous'), async () => {
  const { ask } = setUp({ coalesce: false });
  for (const token of [undefined, 'nonsense']) {
    expect(await ask(REGISTER, { body: BODY, token })).toMatchObject({ status: 201 });
  }
  expect(await ask(REGISTER, { body: BODY, headers: { authorization: 'Basic x' } })).toMatchObject({
    status: 201,
  });
});
