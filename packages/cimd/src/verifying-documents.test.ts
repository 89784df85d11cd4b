import type { Vendor } from '@vestibule/core';
import { expect, test } from 'vitest';
import { type Registered, verifyingDocuments } from './verifying-documents.ts';

const HOST = 'app.example';
const CALLBACK = `https://${HOST}/cb`;

const vendor = (uri: string, ...redirectUris: readonly string[]): Vendor => ({
  name: 'Acme',
  hosts: [HOST],
  documents: [{ uri, name: 'Acme', redirectUris }],
});

const SOFTWARE_ID = `https://${HOST}/s.json`;
const PUBLISHED = `https://${HOST}/published.json`;

test.each<[string, Partial<Registered>, readonly Vendor[], readonly string[]]>([
  ['a client that names none', {}, [], []],
  ['its software_id, if that is the URL of one', { softwareId: SOFTWARE_ID }, [], [SOFTWARE_ID]],
  ['no software_id that is no URL', { softwareId: '4NRB1-0XZABZI9E6-5SM3R' }, [], []],
  ['no software_id at another host', { softwareId: 'https://other.example/s.json' }, [], []],
  ['no software_id at another port of the host', { softwareId: `https://${HOST}:8443/s.json` }, [], []],
  ['no software_id at a part of the host', { softwareId: `https://x.${HOST}/s.json` }, [], []],
  [
    'no software_id that is not in the normal form of URLs',
    { softwareId: `https://${HOST}/a/../s.json` },
    [],
    [],
  ],
  ['no software_id over http', { softwareId: `http://${HOST}/s.json` }, [], []],
  ['no client_uri, which is a page', { clientUri: `https://${HOST}/about.json` }, [], []],
  [
    'nothing of a client whose client_uri is at another host',
    { clientUri: 'https://other.example/', softwareId: SOFTWARE_ID },
    [vendor(PUBLISHED, CALLBACK)],
    [],
  ],
  [
    'nothing of a client whose client_uri is at another port',
    { clientUri: `https://${HOST}:8443/`, softwareId: SOFTWARE_ID },
    [],
    [],
  ],
  [
    'the document that a vendor publishes, without a client_uri',
    {},
    [vendor(PUBLISHED, CALLBACK)],
    [PUBLISHED],
  ],
  [
    'no published document without one of its redirect URIs',
    {},
    [vendor(PUBLISHED, `https://${HOST}/other`)],
    [],
  ],
  ['no published document at another host', {}, [vendor('https://other.example/c.json', CALLBACK)], []],
  [
    'a published document that lists its loopback URI with another port',
    { redirectUris: [CALLBACK, 'http://127.0.0.1:4711/'] },
    [vendor(PUBLISHED, CALLBACK, 'http://127.0.0.1/')],
    [PUBLISHED],
  ],
  ['no published document with another name', { name: 'Diary' }, [vendor(PUBLISHED, CALLBACK)], []],
  [
    'the published one first, and then its software_id',
    { softwareId: SOFTWARE_ID, clientUri: `https://${HOST}/about` },
    [vendor(PUBLISHED, CALLBACK)],
    [PUBLISHED, SOFTWARE_ID],
  ],
  [
    'two at most',
    { softwareId: SOFTWARE_ID },
    ['a', 'b', 'c'].map((name) => vendor(`https://${HOST}/${name}`, CALLBACK)),
    [`https://${HOST}/a`, `https://${HOST}/b`],
  ],
  ['one that is named twice once', { softwareId: PUBLISHED }, [vendor(PUBLISHED, CALLBACK)], [PUBLISHED]],
])('the documents that could verify a client are %s', (_, client, vendors, expected) => {
  expect(verifyingDocuments({ name: 'Acme', redirectUris: [CALLBACK], ...client }, HOST, vendors)).toEqual(
    expected,
  );
});
