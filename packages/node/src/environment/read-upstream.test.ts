import { expect, test } from 'vitest';
import { readConfig } from './read-config.ts';
import { readUpstream } from './read-upstream.ts';

const GOOD = {
  UPSTREAM_ISSUER: 'https://login.example/realms/acme',
  UPSTREAM_CLIENT_ID: 'vestibule',
  UPSTREAM_CLIENT_SECRET: 'sesame',
};
const OPTIONS = { issuer: GOOD.UPSTREAM_ISSUER, clientId: 'vestibule', clientSecret: 'sesame' };

test('without variables people sign in with passwords', () => {
  expect(readUpstream({ UPSTREAM_ISSUER: '' })).toEqual({ ok: true });
  expect(readConfig({})).not.toHaveProperty('upstream.issuer');
});

test.each([
  [{}, {}],
  [
    { UPSTREAM_PRESET: 'keycloak', UPSTREAM_NAME: 'Acme' },
    { preset: 'keycloak', name: 'Acme' },
  ],
  [{ UPSTREAM_SCOPES: 'openid  email,groups' }, { scopes: ['openid', 'email', 'groups'] }],
  [
    { UPSTREAM_REQUIRED_CLAIMS: 'groups=agents | admins, hd=acme.example' },
    { requiredClaims: { groups: ['agents', 'admins'], hd: ['acme.example'] } },
  ],
  [{ UPSTREAM_GROUPS_CLAIM: ' cognito:groups ' }, { groups: { claim: 'cognito:groups' } }],
  [{ UPSTREAM_GROUPS_CLAIM: 'https://acme.example/a.b' }, { groups: { claim: 'https://acme.example/a.b' } }],
  [{ UPSTREAM_GROUPS_CLAIM: '["realm_access", "roles"]' }, { groups: { claim: ['realm_access', 'roles'] } }],
  [{ UPSTREAM_GROUPS_CLAIM: '' }, {}],
  [{ UPSTREAM_REQUIRED_CLAIMS: 'a=b=c' }, { requiredClaims: { a: ['b=c'] } }],
])('%j results in the options %j', (more, options) => {
  expect(readConfig({ ...GOOD, ...more }).upstream).toEqual({ ...OPTIONS, ...options });
});

test.each<[Readonly<Record<string, string>>, RegExp]>([
  [{ UPSTREAM_CLIENT_ID: '' }, /^UPSTREAM_CLIENT_ID is missing\. UPSTREAM_ISSUER is set/m],
  [{ UPSTREAM_CLIENT_SECRET: '' }, /^UPSTREAM_CLIENT_SECRET is missing/m],
  [{ UPSTREAM_ISSUER: '' }, /^UPSTREAM_ISSUER is missing\. UPSTREAM_CLIENT_ID is set/m],
  [{ UPSTREAM_ISSUER: 'login.example' }, /^UPSTREAM_ISSUER=.* must begin with https/m],
  [
    { UPSTREAM_ISSUER: 'http://login.example' },
    /^UPSTREAM_ISSUER=http:\/\/login\.example must begin with https/m,
  ],
  [
    { UPSTREAM_ISSUER: 'https://login.example/.well-known/openid-configuration' },
    /must be the issuer itself/,
  ],
  [{ UPSTREAM_REQUIRED_CLAIMS: 'agents' }, /^UPSTREAM_REQUIRED_CLAIMS must be claims/m],
  [{ UPSTREAM_GROUPS_CLAIM: '[' }, /^UPSTREAM_GROUPS_CLAIM must be the name of a claim/m],
  [{ UPSTREAM_GROUPS_CLAIM: '[]' }, /^UPSTREAM_GROUPS_CLAIM must be the name of a claim/m],
  [{ UPSTREAM_GROUPS_CLAIM: '["a",7]' }, /^UPSTREAM_GROUPS_CLAIM must be the name of a claim/m],
  [{ UPSTREAM_REQUIRED_CLAIMS: 'groups=' }, /^UPSTREAM_REQUIRED_CLAIMS must be claims/m],
  [{ UPSTREAM_CLIENT_ID: '', PORT: 'x' }, /PORT=x must be a number(.|\n)*UPSTREAM_CLIENT_ID is missing/],
])('half or wrong configuration %j is an error that names what is missing', (more, message) => {
  expect(() => readConfig({ ...GOOD, ...more })).toThrow(message);
  expect(() => readConfig({ ...GOOD, ...more })).not.toThrow(/sesame/);
});
