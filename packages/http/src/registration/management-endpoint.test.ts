import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { ADA, type Asked, BODY, REGISTER, RULES_URI, setUp } from '../../test/support/set-up.ts';

const on = { management: { enabled: true } } as const;

/** A client that has just registered, and its management URI. */
async function registered(settings: Parameters<typeof setUp>[0] = on, body: object = BODY) {
  const all = setUp(settings);
  const { body: answer } = await all.ask(REGISTER, { body });
  const { client_id: clientId, registration_access_token: token } = answer;
  const path = new URL(answer.registration_client_uri).pathname;
  return {
    ...all,
    answer,
    clientId,
    path,
    token,
    own: (over: object = {}) => ({ ...BODY, client_id: clientId, ...over }),
    manage: (method: string, asked: Asked = {}) => all.ask(path, { method, token, ...asked }),
  };
}

test(
  cite(
    'a client reads its registration, for no cache',
    'rfc7592:2.1:read',
    'rfc7592:2.1:no-cache',
    'rfc7592:2.1:same-id',
    'rfc7592:3:address',
    'rfc7592:3:token',
    'rfc7592:3:everything',
  ),
  async () => {
    const { manage, answer, clientId } = await registered();
    expect(answer.registration_client_uri).toBe(`https://id.example/connect/register/${clientId}`);
    const { status, headers, body } = await manage('GET');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(body).toEqual(answer);
  },
);

test(
  cite(
    'a client replaces its registration, and the response is the new one',
    'rfc7592:2.2:update',
    'rfc7592:2.2:replaces',
    'rfc7592:5:rotation',
  ),
  async () => {
    const { manage, own, answer } = await registered(on, { ...BODY, software_id: 'notes' });
    const { status, headers, body } = await manage('PUT', { body: own({ client_name: 'Other' }) });
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(body).toMatchObject({ client_id: answer.client_id, client_name: 'Other' });
    expect(body).not.toHaveProperty('software_id');
    expect(body.registration_access_token).not.toBe(answer.registration_access_token);
    expect(await manage('GET')).toMatchObject({ status: 401 });
    const { body: again } = await manage('GET', { token: body.registration_access_token });
    expect(again).toEqual(body);
  },
);

test(
  cite(
    'a client deletes its registration once',
    'rfc7592:2.3:delete',
    'rfc7592:2.3:no-cache',
    'rfc7592:2.3:no-client',
  ),
  async () => {
    const { manage, everyClient, ended, clientId } = await registered();
    const { status, headers, text } = await manage('DELETE');
    expect([status, text]).toEqual([204, '']);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-type')).toBeNull();
    expect([await everyClient(), ended]).toEqual([[], [clientId]]);
    expect(await manage('DELETE')).toMatchObject({ status: 401 });
    expect(await manage('GET')).toMatchObject({ status: 401 });
  },
);

test.each(['POST', 'PATCH', 'LINK'])(
  cite('responds 405 to %s with the allowed methods', 'rfc7592:2:methods'),
  async (method) => {
    const { manage, own, answer } = await registered();
    const { status, headers, body } = await manage(method, { body: own() });
    expect([status, headers.get('allow')]).toEqual([405, 'GET, PUT, DELETE, HEAD']);
    expect(body.error).toBe('invalid_request');
    expect((await manage('GET')).body).toEqual(answer);
  },
);

test('a CORS preflight request is allowed', async () => {
  const { send, path } = await registered();
  const response = await send(path, { method: 'OPTIONS', headers: { origin: 'https://page.example' } });
  expect(response?.status).toBe(204);
  expect(response?.headers.get('access-control-allow-methods')).toBe('GET, PUT, DELETE');
  expect(response?.headers.get('access-control-allow-headers')).toContain('authorization');
});

const alike = cite(
  'without the right token',
  'rfc7592:2:bearer',
  'rfc7592:2.1:wrong-token',
  'rfc7592:2.1:no-client',
  'rfc7592:2.2:wrong-token',
  'rfc7592:2.2:no-client',
  'rfc7592:2.3:wrong-token',
  'rfc7592:A:one-client',
  'vestibule:management:one-answer',
  'vestibule:secrets:errors',
);

describe(alike, () => {
  test.each(['GET', 'PUT', 'DELETE'])('%s is answered alike, to the byte', async (method) => {
    const { ask, path, token, own, everyClient, clientId } = await registered();
    const { body: other } = await ask(REGISTER, { body: { ...BODY, client_name: 'Other' } });
    const nobody = '/connect/register/dyn-nobody';
    const wrong: [string, Asked][] = [
      [path, { token: 'x' }],
      [path, { token: other.registration_access_token }],
      [nobody, { token }],
      [nobody, { token: 'x' }],
      [path, { headers: { authorization: `Basic ${token}` } }],
      [path, { headers: { authorization: `Bearer ${token}, Bearer ${token}` } }],
      [`${path}%2F`, { token }],
      [path.replace('-', '%2D'), { token }],
      [path.replace(clientId, '__proto__'), { token }],
      [`${path}%00`, { token }],
    ];
    const before = await everyClient();
    const answers = [];
    for (const [at, asked] of wrong) {
      const { status, headers, text } = await ask(at, {
        method,
        ...(method === 'PUT' && { body: own() }),
        ...asked,
      });
      expect(text).not.toContain(token);
      answers.push({ status, text, headers: Object.fromEntries(headers) });
    }
    expect(answers[0]).toMatchObject({
      status: 401,
      headers: {
        'www-authenticate': expect.stringContaining('Bearer realm="registration", error="invalid_token"'),
      },
    });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(await everyClient()).toEqual(before);
  });

  test.each(['GET', 'PUT', 'DELETE'])('%s without a token gets a challenge', async (method) => {
    const { ask, path, own, token } = await registered();
    const answers = [];
    for (const at of [path, `${path}?access_token=${token}`, '/connect/register/dyn-nobody']) {
      const body = { ...own(), access_token: token, registration_access_token: token };
      const { status, headers, text } = await ask(at, { method, ...(method === 'PUT' && { body }) });
      answers.push({ status, text, challenge: headers.get('www-authenticate') });
    }
    expect(answers[0]).toMatchObject({ status: 401, challenge: 'Bearer realm="registration"' });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  test('an update is not even read', async () => {
    const { ask, path, audit } = await registered();
    for (const body of ['{', 'x'.repeat(100_000), '{"a":1,"a":2}']) {
      expect(await ask(path, { method: 'PUT', token: 'x', body })).toMatchObject({ status: 401 });
    }
    expect(audit.events.slice(1).map(({ type }) => type)).toEqual(
      Array.from({ length: 3 }, () => 'management.unauthorized'),
    );
  });
});

describe('a bad update', () => {
  test.each<[string, Asked, number, string, string]>([
    [
      cite('sent as a form', 'rfc7592:2.2:media-type'),
      { body: 'client_name=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'invalid_client_metadata',
      'body.media-type',
    ],
    [
      cite('too large', 'vestibule:bad-input:management'),
      { body: 'x'.repeat(70_000) },
      413,
      'invalid_client_metadata',
      'body.size',
    ],
    [
      cite('not in JSON', 'vestibule:bad-input:management'),
      { body: '{' },
      400,
      'invalid_client_metadata',
      'body.json',
    ],
    [
      cite('naming a member twice', 'vestibule:bad-input:management', 'vestibule:bad-input:duplicates'),
      { body: '{"client_id":"a","client_id":"b"}' },
      400,
      'invalid_client_metadata',
      'body.repeated-member',
    ],
    [
      cite('nested too deep', 'vestibule:bad-input:management'),
      { body: '['.repeat(20_000) + ']'.repeat(20_000) },
      400,
      'invalid_client_metadata',
      'metadata.object',
    ],
    [
      cite('for another client_id', 'rfc7592:2.2:client-id'),
      { body: BODY },
      400,
      'invalid_client_metadata',
      'management.client-id',
    ],
  ])('%s is refused with a clear error and changes nothing', async (_, asked, status, error, rule) => {
    const { manage, answer } = await registered();
    expect(await manage('PUT', asked)).toMatchObject({
      status,
      body: {
        error,
        error_description: expect.stringContaining(`[${rule}]`),
        error_uri: `${RULES_URI}#${rule}`,
      },
    });
    expect((await manage('GET')).body).toEqual(answer);
  });

  test(
    cite('refused by the policy gets the same response as such a registration', 'rfc7592:2.2:refused'),
    async () => {
      const { manage, ask, own, answer } = await registered();
      const bad = { redirect_uris: ['http://app.example/cb'] };
      const [update, registration] = [
        await manage('PUT', { body: own(bad) }),
        await ask(REGISTER, { body: { ...BODY, ...bad } }),
      ];
      expect([update.status, update.text]).toEqual([registration.status, registration.text]);
      expect((await manage('GET')).body).toEqual(answer);
    },
  );
});

test(
  cite(
    'who is blocked may read, and is answered 403 otherwise',
    'rfc7592:2.2:blocked',
    'rfc7592:2.3:blocked',
  ),
  async () => {
    const { manage, own, answer, operator, clientId } = await registered();
    await operator.clients.block(ADA, 'main', clientId);
    expect(await manage('GET')).toMatchObject({ status: 200, body: answer });
    for (const asked of [await manage('PUT', { body: own() }), await manage('DELETE')]) {
      expect(asked).toMatchObject({ status: 403, body: { error: 'access_denied' } });
    }
    expect(await manage('GET')).toMatchObject({ status: 200, body: answer });
  },
);

test(
  cite('one of two concurrent updates gets 200 and the other 409', 'vestibule:management:two-at-once'),
  async () => {
    const { manage, own, everyClient } = await registered();
    const answers = await Promise.all(
      ['One', 'Two'].map((client_name) => manage('PUT', { body: own({ client_name }) })),
    );
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['200', '409']);
    const won = answers.find(({ status }) => status === 200)?.body;
    expect(await everyClient()).toMatchObject([{ name: won.client_name }]);
    expect(answers.find(({ status }) => status === 409)?.body).toEqual({
      error: 'invalid_request',
      error_description: expect.stringContaining('at the same moment'),
    });
  },
);

test(
  cite('responds 429 to a client that updates its registration too often', 'vestibule:limits:updates'),
  async () => {
    const { manage, own } = await registered({ management: { enabled: true, rotateToken: false } });
    for (let time = 0; time < 60; time += 1) expect((await manage('PUT', { body: own() })).status).toBe(200);
    const { status, headers } = await manage('PUT', { body: own() });
    expect(status).toBe(429);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(3_000);
  },
);

describe(cite('if it is off, the endpoint does not exist', 'vestibule:management:off'), () => {
  test.each<[string, Parameters<typeof setUp>[0]]>([
    ['management', {}],
    ['registration', { open: false, management: { enabled: true } }],
  ])('%s', async (_, settings) => {
    const { send, path, token, change } = await registered();
    await change(settings);
    for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS', 'POST']) {
      expect(await send(path, { method, token })).toBeUndefined();
    }
  });
});

test(cite('tokens are long, and no two are the same', 'rfc7592:5:entropy'), async () => {
  const { ask } = setUp({
    ...on,
    limits: { perAddressPerHour: 100, perRealmPerDay: 1_000, organizationPercentOfHour: 100 },
  });
  const tokens = new Set<string>();
  for (let time = 0; time < 50; time += 1) {
    const { body } = await ask(REGISTER, { body: BODY });
    const token = String(body.registration_access_token);
    // 6 bits in each character of base64url.
    expect(token).toMatch(/^[A-Za-z0-9_-]{22,}$/);
    tokens.add(token);
  }
  expect(tokens.size).toBe(50);
  const bits = [...tokens].join('');
  expect(new Set(bits).size).toBe(64);
});

test('an outage is a bare 503, and changes nothing', async () => {
  const { manage, own, clients, answer, failCommits } = await registered();
  const { find } = clients;
  const outage = Object.assign(new Error('db.internal is away'), { code: 'STORE_UNAVAILABLE' });
  failCommits(outage);
  expect(await manage('PUT', { body: own({ client_name: 'Other' }) })).toMatchObject({
    status: 503,
    body: { error: 'temporarily_unavailable' },
  });
  failCommits();
  clients.find = () => Promise.reject(outage);
  for (const method of ['GET', 'DELETE']) expect(await manage(method)).toMatchObject({ status: 503 });
  clients.find = find;
  expect((await manage('GET')).body).toEqual(answer);
});
