import { cite } from '@vestibule/requirements';
import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';
import { CALLBACK, ISSUER, NOTES, setUp, VERIFIER } from './set-up.ts';

test.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'])(
  cite('%s is answered 405, with the method there is', 'rfc6749:3.2:post'),
  async (method) => {
    const { server } = setUp();
    const response = await server.token(new Request(`${ISSUER}/connect/token`, { method }), { ip: '' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  },
);

test(cite('what stands in the address is not read', 'rfc6749:3.2:body-alone'), async () => {
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

test(cite('parameters that nobody knows change nothing', 'rfc6749:3.2:unknown-parameters'), async () => {
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
