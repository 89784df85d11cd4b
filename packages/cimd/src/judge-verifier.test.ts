import type { MetadataDocumentClient } from '@vestibule/core';
import { expect, test } from 'vitest';
import { whyUnverified } from './judge-verifier.ts';

const URI = 'https://app.example/client.json';
const CALLBACK = 'https://app.example/cb';

const VERIFIER: MetadataDocumentClient = {
  kind: 'metadata-document',
  realm: 'main',
  id: URI,
  version: 1,
  name: 'Diary',
  translations: { de: { name: 'Tagebuch' }, fr: { tosUri: 'https://app.example/fr' } },
  redirectUris: [CALLBACK, 'http://127.0.0.1/cb', 'com.example.app:/cb'],
  grantTypes: ['authorization_code'],
  applicationType: 'web',
  issuedAt: 0,
  document: { uri: URI, fetchedAt: 0, expiresAt: 1, fingerprint: 'f' },
};

test.each<[string, Partial<MetadataDocumentClient>, string | undefined]>([
  ['has the name and one of the redirect URIs', {}, undefined],
  ['has all redirect URIs', { redirectUris: VERIFIER.redirectUris }, undefined],
  [
    'listens on another port of this computer',
    { redirectUris: [CALLBACK, 'http://127.0.0.1:4711/cb'] },
    undefined,
  ],
  ['names itself in a language of the document', { translations: { de: { name: 'Tagebuch' } } }, undefined],
  ['has the translated name as its main one', { name: 'Tagebuch' }, undefined],
  [
    'has another redirect URI as well',
    { redirectUris: [CALLBACK, 'https://elsewhere.example/cb'] },
    'redirect-uris',
  ],
  ['has another path', { redirectUris: [`${CALLBACK}/`] }, 'redirect-uris'],
  ['has another query', { redirectUris: [`${CALLBACK}?a`] }, 'redirect-uris'],
  ['is at localhost instead of 127.0.0.1', { redirectUris: ['http://localhost/cb'] }, 'redirect-uris'],
  ['has another name', { name: 'Bank' }, 'name'],
  ['has the name in other letters', { name: 'diary' }, 'name'],
  ['has another name in one language', { translations: { fr: { name: 'Banque' } } }, 'name'],
])('whether a document verifies a client that %s', (_, registered, reason) => {
  const client = { name: 'Diary', redirectUris: [CALLBACK], ...registered };
  expect(whyUnverified(client, VERIFIER)).toBe(reason);
});
