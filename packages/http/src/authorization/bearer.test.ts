import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { toResponse } from '../program/reply.ts';
import { bearerToken, unauthorized } from './bearer.ts';

const request = (authorization?: string) =>
  new Request('https://id.example/?access_token=in-query', {
    ...(authorization !== undefined && { headers: { authorization } }),
  });

test.each<[string | undefined, string | undefined]>([
  ['Bearer abc', 'abc'],
  ['bearer abc', 'abc'],
  ['BEARER   abc  ', 'abc'],
  ['Bearer a-._~+/Z9==', 'a-._~+/Z9=='],
  [undefined, undefined],
  ['', ''],
  ['Bearer realm="registration"', ''],
  ['Bearer ', ''],
  ['Bearer =', ''],
  ['Bearer a b', ''],
  ['Bearer a, Bearer b', ''],
  ['Bearer "a"', ''],
  ['Bearer a=b', ''],
  ['Bearer ä', ''],
  ['Bearer\tabc', ''],
  ['Bearerabc', ''],
  ['Basic abc', ''],
  ['abc', ''],
  ['DPoP abc', ''],
  ['X Bearer abc', ''],
])(
  cite('the header %j has the token %j', 'rfc7591:3.1:bearer', 'rfc7592:2:bearer'),
  (authorization, token) => {
    expect(bearerToken(request(authorization))).toBe(token);
  },
);

test('two headers are not one token', () => {
  const twice = request('Bearer abc');
  twice.headers.append('authorization', 'Bearer def');
  expect(bearerToken(twice)).toBe('');
});

test('a long malformed header is rejected in linear time', () => {
  for (const unit of [' ', 'a', '=', 'a=', 'a ']) {
    expect(bearerToken(request(`Bearer ${unit.repeat(100_000)}"`))).toBe('');
  }
});

test.each([
  ['missing', 'Bearer realm="registration"'],
  ['invalid', 'Bearer realm="registration", error="invalid_token", error_description="not this one"'],
] as const)(
  cite('responds 401 to a token that is %s: %s', 'rfc7591:3.2.2:bad-token'),
  async (token, challenge) => {
    const response = toResponse(unauthorized(token, 'not this one'));
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe(challenge);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({ error: 'invalid_token', error_description: 'not this one' });
  },
);
