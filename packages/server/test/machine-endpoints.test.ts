import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { ISSUER, setUp } from './set-up.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

const ENDPOINTS = [
  [cite('revoke', 'rfc7009:2.1:post'), 'revoke', ['POST']],
  [cite('introspect', 'rfc7662:2.1:post'), 'introspect', ['POST']],
  ['pushedRequest', 'pushedRequest', ['POST']],
  [cite('userinfo', 'oidc-core:5.3.1:methods'), 'userinfo', ['GET', 'POST', 'HEAD']],
  ['jwks', 'jwks', ['GET', 'HEAD']],
  ['revocations', 'revocations', ['GET', 'HEAD']],
] as const;

test.each(ENDPOINTS)('%s responds to its own methods, and to any other with 405', async (_, place, own) => {
  const { server } = setUp();
  for (const method of METHODS) {
    const response = await server[place](new Request(`${ISSUER}/x`, { method }), { ip: '192.0.2.1' });
    const isOwn = own.some((one) => one === method);
    expect([method, response.status === 405]).toEqual([method, !isOwn]);
    if (!isOwn) expect(response.headers.get('allow')).toBe(own.join(', '));
  }
});

test.each([
  [cite('revoke', 'rfc7009:2.3:pages'), 'revoke'],
  ['introspect', 'introspect'],
  ['userinfo', 'userinfo'],
  ['jwks', 'jwks'],
] as const)('pages of any origin may ask %s, and may read its errors', async (_, place) => {
  const { server } = setUp();
  for (const method of ['OPTIONS', 'POST', 'DELETE']) {
    const response = await server[place](new Request(`${ISSUER}/x`, { method }), { ip: '192.0.2.1' });
    expect([method, response.headers.get('access-control-allow-origin')]).toEqual([method, '*']);
  }
});

const FORM = 'application/x-www-form-urlencoded';

describe.each([
  ['a token request', 'token'],
  ['a revocation', 'revoke'],
  ['a pushed request', 'pushedRequest'],
] as const)('%s', (_, place) => {
  test.each<[string, BodyInit, string, number]>([
    [cite('JSON', 'rfc9126:2.1:form', 'rfc6749:3.2:form'), '{}', 'application/json', 415],
    ['nothing', '', '', 415],
    ['no UTF-8', new Uint8Array([0xff]), FORM, 400],
    [cite('more than 64 KiB', 'rfc9126:2.3:too-large'), `x=${'x'.repeat(70_000)}`, FORM, 413],
  ])('whose body is %s is refused', async (__, body, type, status) => {
    const { server, errors } = setUp();
    const request = new Request(`${ISSUER}/x`, {
      method: 'POST',
      body,
      headers: { 'content-type': type },
    });
    const response = await server[place](request, { ip: '192.0.2.1' });
    expect([response.status, await response.json()]).toEqual([
      status,
      { error: 'invalid_request', error_description: expect.any(String) },
    ]);
    expect(errors).toEqual([]);
  });
});
