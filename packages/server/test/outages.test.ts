import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { createAuthorizationServer } from '../src/index.ts';
import { setUp } from './set-up.ts';

test('a realm that turns up with another issuer is an outage', async () => {
  const { options, register, authorizeUrl, errors } = setUp();
  const server = createAuthorizationServer({ ...options, issuer: 'https://other.example' });
  const response = await server.authorize(new Request(authorizeUrl(await register())), { ip: '192.0.2.1' });
  expect(response.status).toBe(500);
  expect(errors).toEqual([
    new Error('The realm main has the issuer https://id.example, not https://other.example.'),
  ]);
});

test(cite('an outage is a calm page, and reaches the operator', 'rfc6749:4.1.2.1:server-error'), async () => {
  const { intercept, register, authorizeUrl, server, errors } = setUp();
  const url = authorizeUrl(await register());
  intercept({ kind: 'interaction.insert', before: () => Promise.reject(new Error('disk full')) });
  const response = await server.authorize(new Request(url), { ip: '192.0.2.1' });
  expect(response.status).toBe(500);
  expect(await response.json()).toEqual({ page: 'problem', realmName: '', problem: 'server-error' });
  expect(errors).toEqual([new Error('disk full')]);
});

test(
  cite('an unreachable store results in 503 with Retry-After', 'rfc6749:4.1.2.1:temporarily-unavailable'),
  async () => {
    const { intercept, register, authorizeUrl, server, errors } = setUp();
    const url = authorizeUrl(await register());
    const outage = Object.assign(new Error('gone'), { code: 'STORE_UNAVAILABLE', retryAfter: 7 });
    intercept({ kind: 'interaction.insert', before: () => Promise.reject(outage) });
    const response = await server.authorize(new Request(url), { ip: '192.0.2.1' });
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await response.json()).toMatchObject({ problem: 'unavailable' });
    expect(errors).toEqual([outage]);
  },
);
