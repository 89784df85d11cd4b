import fc from 'fast-check';
import { expect, test } from 'vitest';
import { realmWith } from '../../test/support/realm.ts';
import { judgeAgain } from '../policy/judge-again.ts';
import type { EffectiveClientMetadata } from '../metadata/client-metadata.ts';
import { dynamicClientPolicy } from '../policy/dynamic-client-policy.ts';
import { judgeRegistration } from '../policy/judge-registration.ts';
import { bodies } from '../../test/support/bodies.ts';
import { readSealed, sealedClient, writeSealed } from './sealed-client.ts';
import { standingOf } from './standing.ts';

const METADATA: EffectiveClientMetadata = {
  redirect_uris: ['https://app.example/cb', 'http://127.0.0.1:1234/cb'],
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  client_name: 'Ferns',
  application_type: 'native',
  scope: 'read write',
  contacts: ['ferns@app.example'],
  'client_name#de': 'Farne',
};

const CONTENTS = { issuedAt: 1_000, sealedUntil: 9_000, metadata: METADATA };

test('a sealed client is read as it was written', () => {
  expect(readSealed('main', 'sealed', writeSealed(CONTENTS))).toEqual({
    kind: 'dynamic',
    realm: 'main',
    id: 'sealed',
    version: 1,
    name: 'Ferns',
    redirectUris: METADATA.redirect_uris,
    grantTypes: METADATA.grant_types,
    applicationType: 'native',
    scope: ['read', 'write'],
    contacts: ['ferns@app.example'],
    translations: { de: { name: 'Farne' } },
    issuedAt: 1_000,
    registration: {},
    sealedUntil: 9_000,
    expiresAt: 9_000,
  });
});

test('a client that is registered is the one that its id is read as', () => {
  const realm = realmWith({ unsupportedTypes: 'narrow' });
  const context = { settings: realm.settings.registration, scopes: realm.scopes };
  fc.assert(
    fc.property(bodies, fc.option(fc.webUrl(), { nil: undefined }), (body, vouchedBy) => {
      const judged = judgeRegistration(body, dynamicClientPolicy, context);
      fc.pre(judged.ok);
      const contents = { issuedAt: 1_000, sealedUntil: 9_000, metadata: judged.metadata, vouchedBy };
      const registered = sealedClient('main', 'sealed', contents);
      expect(readSealed('main', 'sealed', writeSealed(contents))).toEqual(registered);
    }),
  );
});

test('a sealed client keeps its software statement and its issuer', () => {
  const metadata = { ...METADATA, software_statement: 'a.b.c' };
  const text = writeSealed({ ...CONTENTS, metadata, vouchedBy: 'https://vendor.example' });
  expect(readSealed('main', 'sealed', text)?.registration).toEqual({
    softwareStatement: 'a.b.c',
    vouchedBy: 'https://vendor.example',
  });
});

test.each([
  ['nothing', ''],
  ['no JSON', '['],
  ['no list', '{}'],
  ['an empty list', '[]'],
  ['no time', JSON.stringify([null, 9_000, METADATA])],
  ['an endless time', '[1000,1e999,{"client_name":"x","redirect_uris":[]}]'],
  ['no metadata', '[1000,9000]'],
  ['no name', JSON.stringify([1_000, 9_000, { redirect_uris: [] }])],
  ['no redirect URIs', JSON.stringify([1_000, 9_000, { client_name: 'x' }])],
  ['a name that is no text', JSON.stringify([1_000, 9_000, { ...METADATA, client_name: 1 }])],
])('%s is no client', (_, text) => {
  expect(readSealed('main', 'sealed', text)).toBeUndefined();
});

const anyText = fc.oneof(
  fc.string(),
  fc.constantFrom(
    'https://app.example/cb',
    'javascript:alert(1)',
    'http://evil.example/cb',
    'ferns://cb',
    'data:,x',
  ),
);
const anyGrant = fc.constantFrom(
  'authorization_code',
  'refresh_token',
  'client_credentials',
  'implicit',
  'password',
);

const anyMetadata = fc.record(
  {
    redirect_uris: fc.array(anyText, { maxLength: 4 }),
    client_name: fc.oneof(anyText, fc.constantFrom('Ferns', 'Claude')),
    grant_types: fc.array(anyGrant, { maxLength: 4 }),
    response_types: fc.array(fc.constantFrom('code', 'token', 'id_token'), { maxLength: 2 }),
    token_endpoint_auth_method: fc.constantFrom('none', 'client_secret_post', 'private_key_jwt'),
    application_type: fc.constantFrom('native', 'web', 'other'),
    scope: anyText,
    client_secret: fc.constant('secret'),
    kind: fc.constant('pre-registered'),
    terms: fc.constant({ rememberConsent: true, access: [] }),
    blockedAt: fc.constant(0),
  },
  { requiredKeys: [] },
);

test('whatever was sealed, what is read is a public dynamic client without other grants, and judged again', () => {
  const realm = realmWith({ open: true });
  let accepted = 0;
  fc.assert(
    fc.property(fc.oneof(anyMetadata, fc.constant({ ...METADATA })), fc.anything(), (metadata, vouchedBy) => {
      const client = readSealed('main', 'sealed', JSON.stringify([0, 9_000, metadata, vouchedBy]));
      if (client === undefined) return;
      expect(client.kind).toBe('dynamic');
      expect(client).not.toHaveProperty('terms');
      expect(client).not.toHaveProperty('blockedAt');
      expect(client.registration).not.toHaveProperty('bounds');
      for (const grant of client.grantTypes) expect(['authorization_code', 'refresh_token']).toContain(grant);
      const { kind } = standingOf(client, realm, {}, 1);
      expect(kind).toBe(judgeAgain(client, realm) === undefined ? 'good' : 'unacceptable');
      if (kind !== 'good') return;
      accepted += 1;
      for (const uri of client.redirectUris) expect(uri).not.toMatch(/^(?:javascript|data):|^http:\/\/evil/i);
    }),
    { numRuns: 500 },
  );
  expect(accepted).toBeGreaterThan(10);
});
