import { expect, test } from 'vitest';
import type { ClientMetadata } from '../metadata/client-metadata.ts';
import { parseRedirectUri } from '../redirect-uri/parse-redirect-uri.ts';
import { realmSettings } from '../realm/realm-settings.ts';
import { toEffective } from './effective.ts';
import type { PolicyContext } from './rule.ts';

const context: PolicyContext = {
  settings: realmSettings().registration,
  scopes: [
    { name: 'notes:read', description: 'Read', openToDynamicClients: true },
    { name: 'notes:admin', description: 'Delete', openToDynamicClients: false },
  ],
};

const sound: ClientMetadata = {
  client_name: 'App',
  application_type: 'web',
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
};

const parsed = parseRedirectUri('https://app.example/cb');
const redirectUris = parsed.ok ? [parsed.uri] : [];

test('metadata that breaks no structural rule is registered as the policy left it', () => {
  const metadata = { ...sound, scope: 'notes:read' };
  expect(toEffective({ metadata, redirectUris }, context)).toEqual({
    ...metadata,
    redirect_uris: ['https://app.example/cb'],
  });
});

test('the grant types are in one order, whatever order was asked for', () => {
  const metadata: ClientMetadata = { ...sound, grant_types: ['refresh_token', 'authorization_code'] };
  expect(toEffective({ metadata, redirectUris }, context)).toMatchObject({ grant_types: sound.grant_types });
});

test.each<[string, ClientMetadata]>([
  ['token_endpoint_auth_method', { token_endpoint_auth_method: 'client_secret_basic' }],
  ['grant_types', { grant_types: [] }],
  ['grant_types', { grant_types: ['refresh_token'] }],
  ['grant_types', { grant_types: ['authorization_code', 'client_credentials'] }],
  ['grant_types', { grant_types: ['authorization_code', 'authorization_code'] }],
  ['response_types', { response_types: [] }],
  ['response_types', { response_types: ['token'] }],
  ['response_types', { response_types: ['code', 'token'] }],
  ['scope', { scope: '' }],
  ['scope', { scope: 'notes:read "' }],
  ['scope', { scope: 'notes:admin' }],
  ['scope', { scope: 'notes:read notes:admin' }],
  ['client_name', { client_name: '' }],
  ['application_type', { application_type: 'service' }],
])('%s is never registered as %j, whatever policy let it through', (member, broken) => {
  expect(() => toEffective({ metadata: { ...sound, ...broken }, redirectUris }, context)).toThrow(
    `left ${member} in a state`,
  );
});

test.each<keyof ClientMetadata>([
  'token_endpoint_auth_method',
  'grant_types',
  'response_types',
  'client_name',
  'application_type',
])('metadata without %s is never registered', (member) => {
  const { [member]: _, ...metadata } = sound;
  expect(() => toEffective({ metadata, redirectUris }, context)).toThrow(`left ${member} in a state`);
});

test('metadata without a redirect URI, or with one that may not be registered, is never registered', () => {
  const [uri] = redirectUris;
  if (uri === undefined) throw new Error('There is no redirect URI.');
  for (const uris of [[], [uri, { ...uri, raw: 'https://app.example/cb#fragment' }]]) {
    expect(() => toEffective({ metadata: sound, redirectUris: uris }, context)).toThrow('left redirect_uris');
  }
});
