import { expect, test } from 'vitest';
import { readDocument } from './read-document.ts';

const URI = 'https://app.example/client.json';

const DOCUMENT = {
  client_id: URI,
  client_name: 'Notes',
  redirect_uris: ['https://app.example/callback'],
};

const PUBLIC_KEY = { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43), kid: 'a' };

test.each<[string, object]>([
  ['the least', {}],
  ['no authentication', { token_endpoint_auth_method: 'none' }],
  ['null instead of a secret', { client_secret: null, jwks: null }],
  ['unknown members', { unheard_of: { deeply: ['nested'] }, client_id_expires_at: 5 }],
  [
    'a signature preferred to no authentication',
    {
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_methods_supported: ['none', 'private_key_jwt'],
      jwks_uri: 'https://app.example/jwks.json',
    },
  ],
  ['methods without a preference', { token_endpoint_auth_methods_supported: ['none'] }],
  ['public keys', { jwks: { keys: [PUBLIC_KEY] } }],
])('is good with %s', (_, members) => {
  const read = readDocument(URI, { ...DOCUMENT, ...members });
  expect(read).toMatchObject({ ok: true, body: { client_name: 'Notes' } });
});

test('passes the policy nothing that is about authentication, keys or the id', () => {
  const read = readDocument(URI, {
    ...DOCUMENT,
    token_endpoint_auth_method: 'none',
    token_endpoint_auth_methods_supported: ['none'],
    jwks: { keys: [PUBLIC_KEY] },
    software_statement: 'a.b.c',
    'client_name#fr': 'Carnet',
  });
  expect(read).toEqual({
    ok: true,
    body: { client_name: 'Notes', redirect_uris: DOCUMENT.redirect_uris, 'client_name#fr': 'Carnet' },
    authentication: { accepts: 'none' },
  });
});

test.each<[string, unknown, string]>([
  ['no object', [DOCUMENT], 'document.object'],
  ['null', null, 'document.object'],
  ['a text', 'document', 'document.object'],
  ['no id', { ...DOCUMENT, client_id: undefined }, 'document.client-id'],
  ['the id of another document', { ...DOCUMENT, client_id: `${URI}/` }, 'document.client-id'],
  ['an id in another spelling', { ...DOCUMENT, client_id: URI.toUpperCase() }, 'document.client-id'],
  ['a list of ids', { ...DOCUMENT, client_id: [URI] }, 'document.client-id'],
  ['a secret', { ...DOCUMENT, client_secret: 's' }, 'document.secret'],
  ['an empty secret', { ...DOCUMENT, client_secret: '' }, 'document.secret'],
  ['the end of a secret', { ...DOCUMENT, client_secret_expires_at: 0 }, 'document.secret'],
  [
    'a method with a secret',
    { ...DOCUMENT, token_endpoint_auth_method: 'client_secret_post' },
    'document.secret',
  ],
  [
    'a method with a secret beside none',
    { ...DOCUMENT, token_endpoint_auth_methods_supported: ['none', 'client_secret_jwt'] },
    'document.secret',
  ],
  ['only unknown methods', { ...DOCUMENT, token_endpoint_auth_method: 'tls' }, 'document.authentication'],
  ['a method that is no text', { ...DOCUMENT, token_endpoint_auth_method: 5 }, 'document.authentication'],
  [
    'no method at all in the list',
    { ...DOCUMENT, token_endpoint_auth_methods_supported: [] },
    'document.authentication',
  ],
  [
    'a preference that is not in the list',
    { ...DOCUMENT, token_endpoint_auth_method: 'none', token_endpoint_auth_methods_supported: ['x'] },
    'document.authentication',
  ],
  [
    'only signatures in the list, and no keys',
    { ...DOCUMENT, token_endpoint_auth_methods_supported: ['private_key_jwt'] },
    'document.keys',
  ],
  ['keys twice', { ...DOCUMENT, jwks: { keys: [] }, jwks_uri: 'https://a.example/j' }, 'document.keys'],
  ['keys over http', { ...DOCUMENT, jwks_uri: 'http://a.example/j' }, 'document.keys'],
  ['keys in another form', { ...DOCUMENT, jwks: [PUBLIC_KEY] }, 'document.keys'],
  ['a private key', { ...DOCUMENT, jwks: { keys: [{ ...PUBLIC_KEY, d: 'd' }] } }, 'document.keys'],
  ['a shared key', { ...DOCUMENT, jwks: { keys: [{ kty: 'oct', k: 'k' }] } }, 'document.keys'],
])('is refused with %s', (_, document, rule) => {
  expect(readDocument(URI, document)).toMatchObject({ ok: false, refusal: { rule } });
});

test('names a few of the methods that it does not know, however many the document lists', () => {
  const many = Array.from({ length: 500 }, (_, number) => `method-${number}`);
  const read = readDocument(URI, { ...DOCUMENT, token_endpoint_auth_methods_supported: many });
  expect(read).toMatchObject({ ok: false, refusal: { rule: 'document.authentication' } });
  expect(JSON.stringify(read).length).toBeLessThan(400);
});
