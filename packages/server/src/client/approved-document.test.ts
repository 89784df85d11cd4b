import type { Client, MetadataDocumentClient } from '@vestibule/core';
import { describe, expect, test } from 'vitest';
import { approvedDocument, compareIdentity, hasApprovedHost } from './approved-document.ts';

const DESCRIBED: MetadataDocumentClient = {
  kind: 'metadata-document',
  realm: 'main',
  id: 'https://app.example/client.json',
  version: 1,
  name: 'App',
  redirectUris: ['https://app.example/cb', 'http://127.0.0.1/cb'],
  grantTypes: ['authorization_code'],
  applicationType: 'web',
  issuedAt: 0,
  document: { uri: 'https://app.example/client.json', fetchedAt: 0, expiresAt: 1, fingerprint: 'f' },
};

const { document: _document, ...core } = DESCRIBED;
const DYNAMIC: Client = { ...core, kind: 'dynamic', registration: {} };

const approved = (client: MetadataDocumentClient) => {
  const document = approvedDocument(client);
  return document === undefined ? {} : { document };
};

test('an approval stores the fingerprint of the document, and not what is in it', () => {
  expect(approvedDocument(DESCRIBED)).toEqual({
    fingerprint: 'f',
    identity: expect.stringMatching(/^[\w-]{43}$/),
  });
  expect(approvedDocument(DYNAMIC)).toBeUndefined();
});

describe('the identity of a client', () => {
  test.each<[string, Client, Parameters<typeof compareIdentity>[1], string]>([
    ['same, as it was approved', DESCRIBED, approved(DESCRIBED), 'same'],
    [
      'same, used and fetched since',
      { ...DESCRIBED, version: 9, lastUsedAt: 5 },
      approved(DESCRIBED),
      'same',
    ],
    [
      'same, with another fingerprint and another logo',
      {
        ...DESCRIBED,
        logoUri: 'https://app.example/l',
        document: { ...DESCRIBED.document, fingerprint: 'g' },
      },
      approved(DESCRIBED),
      'same',
    ],
    ['other, with another name', { ...DESCRIBED, name: 'Bank' }, approved(DESCRIBED), 'other'],
    ['unknown, approved before documents were stored', DESCRIBED, {}, 'unknown'],
    ['unknown, of a grant without what was displayed', DESCRIBED, undefined, 'unknown'],
    ['same, without a document', { ...DYNAMIC, name: 'Bank' }, {}, 'same'],
  ])('is the %s', (_, client, displayed, expected) => {
    expect(compareIdentity(approvedDocument(client), displayed)).toBe(expected);
  });
});

describe('the host that the person was sent to', () => {
  test.each<[string, Client, string | undefined, boolean]>([
    ['is there, with its redirect URI', DESCRIBED, 'https://app.example/cb', true],
    ['is there, with another redirect URI', DESCRIBED, 'https://app.example/old', true],
    ['is there, on this computer', DESCRIBED, 'http://localhost:4711/other', true],
    ['is gone', DESCRIBED, 'https://old.example/cb', false],
    [
      'is gone, with a loopback URI',
      { ...DESCRIBED, redirectUris: ['https://app.example/cb'] },
      'http://127.0.0.1:1/cb',
      false,
    ],
    ['is gone, with a private-use scheme', DESCRIBED, 'com.example.app:/cb', false],
    ['is unknown', DESCRIBED, undefined, true],
    ['is decided elsewhere for a client without a document', DYNAMIC, 'https://old.example/cb', true],
  ])('%s', (_, client, redirectUri, expected) => {
    expect(hasApprovedHost(client, redirectUri === undefined ? undefined : { redirectUri })).toBe(expected);
  });
});
