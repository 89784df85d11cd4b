import type { DocumentAuthentication } from '@vestibule/core';
import { expect, test } from 'vitest';
import { describedAuthenticationLine } from './described-authentication.ts';

const key = { kty: 'EC' };

test.each<[DocumentAuthentication | undefined, string]>([
  [undefined, 'none (public client)'],
  [{ accepts: 'none' }, 'none (public client)'],
  [{ accepts: 'private_key_jwt', keys: { jwks: { keys: [key] } } }, 'private_key_jwt, 1 key'],
  [
    { accepts: 'either', keys: { jwks: { keys: [key, key] } }, algorithm: 'RS256' },
    'none or private_key_jwt, 2 keys',
  ],
  [
    { accepts: 'either', keys: { jwksUri: 'https://app.example/jwks' } },
    'none or private_key_jwt, keys at https://app.example/jwks',
  ],
])('a client with a metadata document that says %j is listed with the authentication %s', (said, line) => {
  expect(describedAuthenticationLine(said === undefined ? {} : { authentication: said })).toBe(line);
});
