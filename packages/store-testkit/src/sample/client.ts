import type {
  Client,
  ClientAuthentication,
  DocumentAuthentication,
  DynamicClient,
  MetadataDocumentClient,
  PreregisteredClient,
  Preregistration,
} from '@vestibule/core';
import { times } from '../check/times.ts';
import { call } from '../race/call.ts';
import type { Shelf } from '../shelf/shelf.ts';
import { HERE, type Place } from './place.ts';
import { LONG, NUL, UNICODE } from './text.ts';
import { NOW, YEAR_9999 } from './time.ts';

export const client = ({ realm, key }: Place, name = 'Notes'): DynamicClient => ({
  kind: 'dynamic',
  realm,
  id: key,
  version: 1,
  name,
  redirectUris: ['https://notes.example/callback'],
  grantTypes: ['authorization_code'],
  applicationType: 'web',
  issuedAt: NOW,
  registration: {},
});

/** A client with every member. */
export const full: DynamicClient = {
  ...client(HERE),
  redirectUris: [
    'https://z.example/cb?b=2&a=1',
    'http://127.0.0.1/cb',
    'cursor://a.b/c',
    'https://a.example/',
  ],
  grantTypes: ['refresh_token', 'authorization_code'],
  applicationType: 'native',
  scope: ['write', 'read'],
  clientUri: 'https://notes.example',
  logoUri: 'https://notes.example/logo.png',
  tosUri: 'https://notes.example/terms',
  policyUri: 'https://notes.example/privacy',
  softwareId: '4NRB1-0XZABZI9E6-5SM3R',
  softwareVersion: '2.1',
  contacts: ['ada@notes.example', 'https://notes.example/help'],
  translations: { 'ja-Jpan-JP': { name: 'メモ', tosUri: 'https://notes.example/ja' }, fr: {} },
  lastUsedAt: NOW + 1,
  blockedAt: NOW + 3,
  registration: {
    bounds: {
      redirectHosts: ['*.notes.example', 'app.example'],
      scopes: ['write', 'read'],
      resources: ['https://z.example/mcp', 'https://a.example/mcp'],
    },
    softwareStatement: 'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJodHRwczovL3ZvdWNoZXIuZXhhbXBsZSJ9.c2lnbmF0dXJl',
    vouchedBy: 'https://voucher.example',
    initialAccessTokenId: 'for-the-notes-team',
    accessTokenHash: 'hash-of-a-registration-access-token',
    fingerprint: 'fingerprint',
    hibernatedAt: NOW + 2,
  },
};

/** Everything that an operator can decide for a pre-registered client. */
export const preregistration: Preregistration = {
  authentication: {
    method: 'client_secret_basic',
    secretHashes: ['hash-of-the-new-secret', 'hash-of-the-old-secret'],
  },
  access: [
    { resource: 'https://z.example/mcp', scopes: ['write', 'read'] },
    { resource: 'https://a.example/mcp', scopes: [] },
  ],
  rememberConsent: true,
};

/** The same client, if an operator had created it. */
export function preregistered(
  { registration: _registration, ...core }: DynamicClient,
  terms: Preregistration = preregistration,
): PreregisteredClient {
  return { ...core, kind: 'pre-registered', terms };
}

/** The same client, if its `client_id` were the address of a document. */
export function withDocument({
  registration: _registration,
  ...core
}: DynamicClient): MetadataDocumentClient {
  const uri = 'https://notes.example/client.json';
  const document = { uri, fetchedAt: NOW, expiresAt: NOW + 1, etag: '"1"', fingerprint: 'fingerprint' };
  return { ...core, kind: 'metadata-document', document };
}

const authenticatedBy = (authentication: ClientAuthentication): Client =>
  preregistered(client(HERE), { authentication, access: [], rememberConsent: false });

/** A document of which its server says as little as it can. */
function withLeastDocument(one: DynamicClient): MetadataDocumentClient {
  const { document, ...rest } = withDocument(one);
  const { etag: _etag, ...least } = document;
  return { ...rest, document: least };
}

/** A document that names keys, and a host that limits the use of its copy. */
function withKeys(authentication: DocumentAuthentication): MetadataDocumentClient {
  const described = withDocument(client(HERE));
  return { ...described, document: { ...described.document, authentication, staleFor: 0 } };
}

export const clientShelf: Shelf<Client> = {
  noun: 'clients',
  make: client,
  samples: {
    everything: full,
    'the-least': client(HERE),
    preregistered: preregistered(client(HERE)),
    'preregistered-with-everything': preregistered(full),
    'preregistered-with-the-least': authenticatedBy({ method: 'none' }),
    'preregistered-with-keys': authenticatedBy({
      method: 'private_key_jwt',
      jwks: { keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y', key_ops: ['verify'], ext: true }] },
    }),
    'preregistered-with-an-address-of-keys': authenticatedBy({
      method: 'private_key_jwt',
      jwksUri: 'https://notes.example/jwks',
    }),
    'metadata-document': withDocument(full),
    'metadata-document-with-the-least': withLeastDocument(client(HERE)),
    'metadata-document-without-authentication': withKeys({ accepts: 'none' }),
    'metadata-document-with-keys': withKeys({
      accepts: 'private_key_jwt',
      keys: { jwks: { keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid: UNICODE }] } },
    }),
    'metadata-document-with-an-address-of-keys': withKeys({
      accepts: 'either',
      keys: { jwksUri: 'https://notes.example/jwks' },
      algorithm: 'RS256',
    }),
    'empty-lists': {
      ...client(HERE),
      redirectUris: [],
      grantTypes: [],
      scope: [],
      contacts: [],
      translations: {},
      registration: { bounds: { redirectHosts: [], scopes: [], resources: [] } },
    },
    'empty-bounds': { ...client(HERE), registration: { bounds: {} } },
    'empty-text': {
      ...full,
      name: '',
      clientUri: '',
      logoUri: '',
      tosUri: '',
      policyUri: '',
      registration: { ...full.registration, softwareStatement: '', vouchedBy: '' },
    },
    unicode: {
      ...full,
      name: UNICODE,
      redirectUris: [UNICODE],
      scope: [UNICODE],
      clientUri: UNICODE,
      registration: { ...full.registration, bounds: { scopes: [UNICODE] }, vouchedBy: UNICODE },
    },
    nul: { ...full, name: NUL },
    'long-text': {
      ...full,
      name: LONG,
      redirectUris: times(50, (n) => `https://${n}.example/${LONG}`),
      registration: { ...full.registration, softwareStatement: LONG },
    },
    'the-first-moment': {
      ...full,
      issuedAt: 0,
      lastUsedAt: 0,
      blockedAt: 0,
      registration: { ...full.registration, hibernatedAt: 0 },
    },
    'the-last-moment': {
      ...full,
      issuedAt: YEAR_9999,
      lastUsedAt: YEAR_9999,
      registration: { ...full.registration, hibernatedAt: YEAR_9999 },
    },
  },
  insert: (record) => call('clients', 'insert', record),
  answers: ['inserted', 'exists'],
  find: (stores, { realm, key }) => stores.clients.find(realm, key),
};
