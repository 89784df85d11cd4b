import { expect, test } from 'vitest';
import { type PartialRealmSettings, withDefaultSettings } from '../realm/settings.ts';
import { acceptsDocument, acceptsKeysAt } from './accepts-document.ts';

const URI = 'https://app.example/client.json';

test.each<[string, PartialRealmSettings['metadataDocuments'], string, boolean]>([
  ['closed realm', {}, URI, false],
  ['realm that is open to any host', { open: true }, URI, true],
  ['list with the host', { open: true, allowedHosts: ['app.example'] }, URI, true],
  ['list without the host', { open: true, allowedHosts: ['other.example'] }, URI, false],
  ['pattern for one label', { open: true, allowedHosts: ['*.example'] }, URI, true],
  [
    'pattern, for two labels',
    { open: true, allowedHosts: ['*.example'] },
    'https://a.app.example/client.json',
    false,
  ],
  ['pattern, for its own host', { open: true, allowedHosts: ['*.app.example'] }, URI, false],
  [
    'list, for another port',
    { open: true, allowedHosts: ['app.example'] },
    'https://app.example:8443/c',
    false,
  ],
  ['refused host', { open: true, refusedHosts: ['app.example'] }, URI, false],
  [
    'refused host, for another port',
    { open: true, refusedHosts: ['app.example'] },
    'https://app.example:8443/c',
    false,
  ],
  [
    'refused host that is allowed too',
    { open: true, allowedHosts: ['*.example'], refusedHosts: ['app.example'] },
    URI,
    false,
  ],
  ['refused document', { open: true, refusedDocuments: [URI] }, URI, false],
  ['other document of its host', { open: true, refusedDocuments: [URI] }, `${URI}?a`, true],
  ['URL that is not https', { open: true }, 'http://app.example/client.json', false],
  ['text that is no URL', { open: true }, 'client.json', false],
])('a %s (%j): %s is accepted: %s', (_, metadataDocuments, uri, accepted) => {
  const settings = withDefaultSettings({ ...(metadataDocuments && { metadataDocuments }) });
  expect(acceptsDocument({ issuer: 'https://id.example', settings }, uri)).toBe(accepted);
});

test.each<[string, string, boolean]>([
  ['https://app.example/realm', URI, false],
  ['https://app.example:8443', URI, false],
  ['https://id.app.example', URI, true],
  ['http://localhost:3000', 'https://localhost:3000/client.json', false],
  ['http://localhost:3000', 'https://127.0.0.1:3000/client.json', false],
  ['http://localhost:3000', 'https://localhost:4000/client.json', true],
])('the realm with the issuer %s accepts the document %s: %s', (issuer, uri, accepted) => {
  const settings = withDefaultSettings({ metadataDocuments: { open: true } });
  expect(acceptsDocument({ issuer, settings }, uri)).toBe(accepted);
});

test.each<[string, PartialRealmSettings['metadataDocuments'], string, boolean]>([
  ['closed realm', {}, 'https://keys.example/jwks', false],
  ['realm that is open to documents', { open: true }, 'https://keys.example/jwks', true],
  [
    'realm with a list of other hosts',
    { open: true, allowedHosts: ['app.example'] },
    'https://keys.example/jwks',
    true,
  ],
  [
    'realm that refuses the host',
    { open: true, refusedHosts: ['keys.example'] },
    'https://keys.example/jwks',
    false,
  ],
  [
    'realm that refuses the host, at another port',
    { open: true, refusedHosts: ['keys.example'] },
    'https://keys.example:8443/jwks',
    false,
  ],
  ['realm, if it is no URL', { open: true }, 'jwks', false],
  ['realm, if it is at its own host', { open: true }, 'https://id.example/jwks', false],
])('in a %s (%j), keys at %s may be fetched: %s', (_, metadataDocuments, uri, accepted) => {
  const settings = withDefaultSettings({ ...(metadataDocuments && { metadataDocuments }) });
  expect(acceptsKeysAt({ issuer: 'https://id.example/realm', settings }, uri)).toBe(accepted);
});
