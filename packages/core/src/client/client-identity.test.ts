import { describe, expect, test } from 'vitest';
import { clientIdentity } from './client-identity.ts';
import type { DocumentAuthentication } from './document-authentication.ts';

type Described = Parameters<typeof clientIdentity>[0];

const KEY = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid: 'a' };
const OTHER = { ...KEY, x: 'z', kid: 'b' };

const CLIENT: Described = {
  name: 'Diary',
  redirectUris: ['https://app.example/cb', 'http://127.0.0.1/cb'],
  translations: { fr: { name: 'Journal' }, de: { clientUri: 'https://app.example/de' } },
  document: {},
};

const withKeys = (
  keys: (DocumentAuthentication & { readonly accepts: 'either' })['keys'],
  accepts: 'either' | 'private_key_jwt' = 'either',
): Described => ({ ...CLIENT, document: { authentication: { accepts, keys } } });

const byKey = withKeys({ jwks: { keys: [KEY] } });
const byUri = withKeys({ jwksUri: 'https://app.example/jwks' });

describe('a change keeps the identity of a client:', () => {
  test.each<[string, Described, Described]>([
    [
      'another redirect URI at the same host',
      CLIENT,
      { ...CLIENT, redirectUris: [...CLIENT.redirectUris, 'https://app.example/other'] },
    ],
    [
      'another loopback host, which is the same computer',
      CLIENT,
      { ...CLIENT, redirectUris: ['https://app.example/cb', 'http://localhost/cb'] },
    ],
    [
      'another order of its redirect URIs',
      CLIENT,
      { ...CLIENT, redirectUris: CLIENT.redirectUris.toReversed() },
    ],
    [
      'another order of its names, and another page',
      CLIENT,
      { ...CLIENT, translations: { de: {}, fr: { name: 'Journal', clientUri: 'https://app.example/fr' } } },
    ],
    [
      'no authentication, said or not',
      CLIENT,
      { ...CLIENT, document: { authentication: { accepts: 'none' } } },
    ],
    ['another kid of its key', byKey, withKeys({ jwks: { keys: [{ ...KEY, kid: 'b', use: 'sig' }] } })],
    [
      'another order of its keys',
      withKeys({ jwks: { keys: [KEY, OTHER] } }),
      withKeys({ jwks: { keys: [OTHER, KEY] } }),
    ],
  ])('%s', (_, one, other) => {
    expect(clientIdentity(one)).toBe(clientIdentity(other));
  });
});

describe('a change makes another client:', () => {
  test.each<[string, Described, Described]>([
    ['another name', CLIENT, { ...CLIENT, name: 'Mail' }],
    ['another name in a language', CLIENT, { ...CLIENT, translations: { fr: { name: 'Poste' } } }],
    [
      'a name in one more language',
      CLIENT,
      { ...CLIENT, translations: { ...CLIENT.translations, es: { name: 'Diario' } } },
    ],
    [
      'one more redirect host',
      CLIENT,
      { ...CLIENT, redirectUris: [...CLIENT.redirectUris, 'https://b.example/cb'] },
    ],
    ['one redirect host less', CLIENT, { ...CLIENT, redirectUris: ['https://app.example/cb'] }],
    [
      'another port of a redirect host',
      CLIENT,
      { ...CLIENT, redirectUris: ['https://app.example:8443/cb', 'http://127.0.0.1/cb'] },
    ],
    ['a key', CLIENT, byKey],
    ['another key', byKey, withKeys({ jwks: { keys: [OTHER] } })],
    ['one more key', byKey, withKeys({ jwks: { keys: [KEY, OTHER] } })],
    ['its keys at a URL', byKey, byUri],
    ['its keys at another URL', byUri, withKeys({ jwksUri: 'https://b.example/jwks' })],
    [
      'an authentication that is not optional any more',
      byUri,
      withKeys({ jwksUri: 'https://app.example/jwks' }, 'private_key_jwt'),
    ],
  ])('%s', (_, one, other) => {
    expect(clientIdentity(one)).not.toBe(clientIdentity(other));
  });
});
