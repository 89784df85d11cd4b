import type { Client, MetadataDocumentClient } from '@vestibule/core';
import { withDefaultSettings } from '@vestibule/core/realm';
import { expect, test } from 'vitest';
import { wantedDocument } from './wanted-document.ts';

const HOUR = 3_600_000;
const NOW = 100 * HOUR;
const URI = 'https://app.example/client.json';

const realmWith = (metadataDocuments: object) => ({
  id: 'main',
  name: 'Acme',
  issuer: 'https://id.example',
  settings: withDefaultSettings({ registration: { open: true }, metadataDocuments }),
  apis: [],
  scopes: [],
});

const OPEN = realmWith({ open: true });

const STORED: MetadataDocumentClient = {
  kind: 'metadata-document',
  realm: 'main',
  id: URI,
  version: 1,
  name: 'Diary',
  redirectUris: ['https://app.example/cb'],
  grantTypes: ['authorization_code'],
  applicationType: 'web',
  issuedAt: NOW - HOUR / 2,
  document: { uri: URI, fetchedAt: NOW - HOUR / 2, expiresAt: NOW + 1, fingerprint: 'f' },
};

const expired = { ...STORED.document, expiresAt: NOW };
const { document: _document, ...described } = STORED;
const PREREGISTERED: Client = {
  ...described,
  kind: 'pre-registered',
  terms: { authentication: { method: 'none' }, access: [], rememberConsent: false },
};

test.each<[string, Client | undefined, object]>([
  ['is unknown', undefined, { stored: undefined }],
  ['has a copy that is not fresh', { ...STORED, document: expired }, { stored: { id: URI } }],
  ['is about to be deleted', { ...STORED, issuedAt: NOW - HOUR }, { stored: { id: URI } }],
  ['has a fresh copy', STORED, { outcome: 'current', client: STORED }],
  ['is old and used', { ...STORED, issuedAt: 0, lastUsedAt: 1 }, { outcome: 'current' }],
  ['is blocked', { ...STORED, document: expired, blockedAt: 1 }, { outcome: 'other' }],
  ['was created by an operator', PREREGISTERED, { outcome: 'other' }],
])('a client that %s has its document fetched only if that is needed', (_, found, expected) => {
  expect(wantedDocument(OPEN, URI, found, NOW)).toMatchObject(expected);
});

test.each<[string, object, string, object]>([
  ['an id that is not a URL', { open: true }, 'notes', { outcome: 'other' }],
  ['a realm that is closed to documents', { open: false }, URI, { outcome: 'other' }],
  ['a URL without a path', { open: true }, 'https://app.example', { refusal: { rule: 'client-id.path' } }],
  [
    'a refused host',
    { open: true, refusedHosts: ['app.example'] },
    URI,
    { refusal: { rule: 'document.host' } },
  ],
  [
    'a URL at the server itself',
    { open: true },
    'https://id.example/c',
    { refusal: { rule: 'document.host' } },
  ],
])('no document is wanted for %s', (_, settings, clientId, expected) => {
  expect(wantedDocument(realmWith(settings), clientId, undefined, NOW)).toMatchObject(expected);
});
