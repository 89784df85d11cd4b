import { cite } from '@vestibule/requirements';
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import { CALLBACK, ISSUER, NOTES, setUp, VERIFIER } from './set-up.ts';

test.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'])(
  cite('%s gets 405 with the allowed method', 'rfc6749:3.2:post'),
  async (method) => {
    const { server } = setUp();
    const response = await server.token(new Request(`${ISSUER}/connect/token`, { method }), { ip: '' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  },
);

test(cite('the query is not read', 'rfc6749:3.2:body-alone'), async () => {
  const { server, register, obtainCode, exchange } = setUp();
  const clientId = await register();
  const code = await obtainCode(clientId);
  const fields = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: clientId,
    code,
    redirect_uri: CALLBACK,
    code_verifier: VERIFIER,
    resource: NOTES,
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const url = `${ISSUER}/connect/token?${fields.toString()}`;
  const response = await server.token(new Request(url, { method: 'POST', body: '', headers }), { ip: '' });
  expect(response.status).toBe(401);
  expect((await exchange(clientId, code)).status).toBe(200);
});

test(cite('unknown parameters have no effect', 'rfc6749:3.2:unknown-parameters'), async () => {
  const { register, obtainCode, exchange } = setUp();
  const clientId = await register();
  const unknown = { audience: 'https://elsewhere.example', x: 'y', 'resource[]': 'z' };
  expect(await exchange(clientId, await obtainCode(clientId), unknown)).toMatchObject({
    status: 200,
    body: { scope: 'read write' },
  });
});

test(
  cite('tokens come as JSON, each with an id of its own', 'rfc6749:5.1:json', 'rfc9068:2.2:jti'),
  async () => {
    const { register, obtainCode, exchange, refresh } = setUp();
    const clientId = await register();
    const first = await exchange(clientId, await obtainCode(clientId));
    const refreshed = await refresh(clientId, first.body.refresh_token);
    const retried = await refresh(clientId, first.body.refresh_token);
    const second = await exchange(clientId, await obtainCode(clientId));
    const answers = [first, refreshed, retried, second];
    expect(answers.map(({ status, headers }) => [status, headers.get('content-type')])).toEqual(
      answers.map(() => [200, 'application/json']),
    );
    expect(new Set(answers.map(({ body }) => decodeJwt(body.access_token).jti)).size).toBe(4);
  },
);

describe('who asks comes first', () => {
  test.each<[string, Record<string, string>, number, string]>([
    [cite('no client', 'rfc6749:3.2.1:client-id'), { client_id: '' }, 401, 'invalid_client'],
    [cite('an unknown client', 'rfc6749:5.2:invalid-client'), { client_id: 'nobody' }, 401, 'invalid_client'],
    [
      'an unknown client with an unknown grant type',
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
    ['an unknown code', { code: 'x' }, 400, 'invalid_grant'],
    ['a refresh that lacks its token', { grant_type: 'refresh_token' }, 400, 'invalid_request'],
    ['an unknown refresh token', { grant_type: 'refresh_token', refresh_token: 'x' }, 400, 'invalid_grant'],
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
