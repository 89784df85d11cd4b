import { expect, test } from 'vitest';
import type { Members } from '../members.ts';
import { readAuthentication } from './read-authentication.ts';

const KEY = { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43), kid: 'a' };
const jwks = { keys: [KEY] };
const jwksUri = 'https://app.example/jwks.json';
const SIGNED = { token_endpoint_auth_method: 'private_key_jwt' };
const BOTH = { token_endpoint_auth_methods_supported: ['none', 'private_key_jwt'] };

test.each<[string, Members, object]>([
  ['nothing', {}, { accepts: 'none' }],
  ['none', { token_endpoint_auth_method: 'none' }, { accepts: 'none' }],
  ['null for everything', { token_endpoint_auth_method: null, jwks: null }, { accepts: 'none' }],
  ['none, and keys that nothing needs', { token_endpoint_auth_method: 'none', jwks }, { accepts: 'none' }],
  ['a signature, with keys', { ...SIGNED, jwks }, { accepts: 'private_key_jwt', keys: { jwks } }],
  [
    'a signature, with the URL of keys',
    { ...SIGNED, jwks_uri: jwksUri },
    { accepts: 'private_key_jwt', keys: { jwksUri } },
  ],
  [
    'a signature alone in the list',
    { token_endpoint_auth_methods_supported: ['private_key_jwt'], jwks },
    { accepts: 'private_key_jwt', keys: { jwks } },
  ],
  [
    'a signature beside a method that is not supported here',
    { token_endpoint_auth_methods_supported: ['private_key_jwt', 'tls_client_auth'], jwks },
    { accepts: 'private_key_jwt', keys: { jwks } },
  ],
  ['both', { ...BOTH, jwks }, { accepts: 'either', keys: { jwks } }],
  ['both, and a preference', { ...SIGNED, ...BOTH, jwks }, { accepts: 'either', keys: { jwks } }],
  [
    'both, and the algorithm of its signatures',
    { ...BOTH, jwks_uri: jwksUri, token_endpoint_auth_signing_alg: 'RS256' },
    { accepts: 'either', keys: { jwksUri }, algorithm: 'RS256' },
  ],
  [
    'both, with an algorithm that is not supported here',
    { ...BOTH, jwks, token_endpoint_auth_signing_alg: 'ES256K' },
    { accepts: 'none' },
  ],
])('a document that names %s is read', (_, members, authentication) => {
  expect(readAuthentication(members)).toEqual({ ok: true, authentication });
});

test.each<[string, Members, string, string]>([
  ['a signature and no keys', SIGNED, 'document.keys', 'must have jwks or jwks_uri'],
  ['both and no keys', BOTH, 'document.keys', 'must have jwks or jwks_uri'],
  ['a signature and an empty key set', { ...SIGNED, jwks: { keys: [] } }, 'document.keys', 'must have a key'],
  [
    'a signature and a key for something else',
    { ...SIGNED, jwks: { keys: [{ ...KEY, use: 'enc' }] } },
    'document.keys',
    'must have a key',
  ],
  [
    'another algorithm than its keys have',
    { ...SIGNED, jwks: { keys: [{ ...KEY, alg: 'ES256' }] }, token_endpoint_auth_signing_alg: 'RS256' },
    'document.keys',
    'must have a key',
  ],
  [
    'a signature with a shared key only',
    { ...SIGNED, jwks, token_endpoint_auth_signing_alg: 'HS256' },
    'document.authentication',
    "signs with 'HS256'",
  ],
  [
    'a signature without signing',
    { ...SIGNED, jwks, token_endpoint_auth_signing_alg: 'none' },
    'document.authentication',
    "signs with 'none'",
  ],
  [
    'a method that needs a secret, beside a signature',
    { token_endpoint_auth_methods_supported: ['private_key_jwt', 'client_secret_basic'], jwks },
    'document.secret',
    'needs a secret',
  ],
  ['nothing that is supported here', { token_endpoint_auth_method: 'tls' }, 'document.authentication', 'by'],
])('a document that names %s is refused', (_, members, rule, description) => {
  expect(readAuthentication(members)).toEqual({
    ok: false,
    rule,
    description: expect.stringContaining(description),
  });
});

test.each([[5], [['RS256']], [{}]])('an algorithm that is no text (%j) is not supported', (algorithm) => {
  const members = { ...SIGNED, jwks, token_endpoint_auth_signing_alg: algorithm };
  expect(readAuthentication(members)).toMatchObject({ ok: false, rule: 'document.authentication' });
});
