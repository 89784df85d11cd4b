import { ResponseBodyError, WWWAuthenticateChallengeError } from 'openid-client';
import { expect, test } from 'vitest';
import { judgeError } from './judge-error.ts';

/** A response of an endpoint. */
const from = (url: string, status: number): Response =>
  Object.defineProperty(new Response(null, { status }), 'url', { value: url });

test.each<[string, string]>([
  ['https://login.example/token', 'The endpoint /token of the provider responded invalid_client.'],
  [
    'https://login.example/userinfo?x=secret',
    'The endpoint /userinfo of the provider responded invalid_client.',
  ],
  ['', 'The provider responded invalid_client.'],
])('an error in the response of %j names the endpoint', (url, detail) => {
  const error = new ResponseBodyError('failed', {
    cause: { error: 'invalid_client' },
    response: from(url, 400),
  });
  expect(judgeError(error)).toEqual({ rule: 'upstream.client', detail });
});

test('a challenge of an endpoint is not called malformed, and says what the endpoint does not accept', () => {
  const error = new WWWAuthenticateChallengeError('failed', {
    cause: [
      { scheme: 'bearer', parameters: { error: 'insufficient_scope', error_description: 'no profile' } },
    ],
    response: from('https://login.example/userinfo', 403),
  });
  expect(judgeError(error)).toEqual({
    rule: 'upstream.client',
    detail: 'The endpoint /userinfo of the provider responded insufficient_scope (no profile).',
  });
});

test('a challenge without an error has its status', () => {
  const error = new WWWAuthenticateChallengeError('failed', {
    cause: [{ scheme: 'basic', parameters: {} }],
    response: from('', 401),
  });
  expect(judgeError(error).detail).toBe('The provider responded 401.');
});
