import { type Client, parseRedirectUri, type RedirectUri } from '@vestibule/core';
import { expect, test } from 'vitest';
import { markAt } from './client-mark.ts';

const CLIENT: Client = {
  kind: 'metadata-document',
  realm: 'main',
  id: 'https://app.example/client.json',
  version: 1,
  name: 'App',
  redirectUris: [],
  grantTypes: ['authorization_code'],
  applicationType: 'web',
  issuedAt: 0,
  document: { uri: 'https://app.example/client.json', fetchedAt: 0, expiresAt: 1, fingerprint: 'f' },
};
const { document: _document, ...core } = CLIENT;
const DYNAMIC: Client = { ...core, kind: 'dynamic', registration: {} };

function destination(raw: string): RedirectUri {
  const parsed = parseRedirectUri(raw);
  if (!parsed.ok) throw new Error(raw);
  return parsed.uri;
}

test.each<[string, Client, string, 'private_key_jwt' | undefined, string | undefined]>([
  ['at the host of its document', CLIENT, 'https://app.example/cb', undefined, 'app.example'],
  [
    'at the host of its document, with a key',
    CLIENT,
    'https://app.example/cb',
    'private_key_jwt',
    'app.example',
  ],
  ['at another port of that host', CLIENT, 'https://app.example:8443/cb', undefined, undefined],
  ['at another host', CLIENT, 'https://b.example/cb', undefined, undefined],
  ['at another host, with a key', CLIENT, 'https://b.example/cb', 'private_key_jwt', 'app.example'],
  ['on this computer', CLIENT, 'http://127.0.0.1:1/cb', undefined, undefined],
  ['on this computer, with a key', CLIENT, 'http://127.0.0.1:1/cb', 'private_key_jwt', 'app.example'],
  ['at an app', CLIENT, 'com.example.app:/cb', undefined, undefined],
  ['at an app, with a key', CLIENT, 'com.example.app:/cb', 'private_key_jwt', 'app.example'],
  ['without a document', DYNAMIC, 'https://app.example/cb', 'private_key_jwt', undefined],
])('a client %s is marked as what it is', (_, client, raw, bound, verifiedBy) => {
  expect(markAt(client, destination(raw), bound)).toEqual(verifiedBy === undefined ? {} : { verifiedBy });
});
