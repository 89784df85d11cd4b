import type {
  ClientCore,
  DynamicClient,
  MetadataDocumentClient,
  PreregisteredClient,
} from '../../src/client/client.ts';

const ISSUED = Date.UTC(2026, 7, 1);

const CORE: ClientCore = {
  realm: 'main',
  id: 'app',
  version: 1,
  name: 'App',
  redirectUris: ['http://localhost/cb'],
  grantTypes: ['authorization_code'],
  applicationType: 'native',
  issuedAt: ISSUED,
};

export const dynamicClient = (members: Partial<Omit<DynamicClient, 'kind'>> = {}): DynamicClient => ({
  kind: 'dynamic',
  ...CORE,
  registration: {},
  ...members,
});

export const documentClient = (
  members: Partial<Omit<MetadataDocumentClient, 'kind'>> = {},
): MetadataDocumentClient => ({
  kind: 'metadata-document',
  ...CORE,
  id: 'https://app.example/client.json',
  document: {
    uri: 'https://app.example/client.json',
    fetchedAt: ISSUED,
    expiresAt: ISSUED + 1,
    fingerprint: 'f',
  },
  ...members,
});

/** A public client that may have nothing. */
export const preregisteredClient = (
  members: Partial<Omit<PreregisteredClient, 'kind'>> = {},
): PreregisteredClient => ({
  kind: 'pre-registered',
  ...CORE,
  terms: { authentication: { method: 'none' }, access: [], rememberConsent: false },
  ...members,
});
