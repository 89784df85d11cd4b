import { expect, test } from 'vitest';
import { expiredClient, MAX_EXPIRED_CLIENT_LENGTH, restoredClient } from './expired-client.ts';
import type { DynamicClient } from './client.ts';

const NEEDED: DynamicClient = {
  kind: 'dynamic',
  realm: 'main',
  id: 'dyn-a',
  version: 1,
  name: 'App',
  redirectUris: ['http://localhost:1/cb', 'https://app.example/cb'],
  grantTypes: ['authorization_code', 'refresh_token'],
  applicationType: 'native',
  scope: ['read'],
  issuedAt: 7,
  registration: {
    bounds: { scopes: ['read'] },
    vouchedBy: 'https://voucher.example',
    initialAccessTokenId: 'token',
    accessTokenHash: 'hash',
    fingerprint: 'digest',
  },
};

const FULL: DynamicClient = {
  ...NEEDED,
  version: 4,
  clientUri: 'https://app.example',
  logoUri: 'https://app.example/logo',
  tosUri: 'https://app.example/tos',
  policyUri: 'https://app.example/policy',
  softwareId: 'id',
  softwareVersion: '1',
  contacts: ['ada@app.example'],
  translations: { fr: { name: 'Appli' } },
  registration: { ...NEEDED.registration, softwareStatement: 'a.b.c' },
};

test('keeps what a client needs to be restored, and neither its pages nor its statement', () => {
  expect(expiredClient(FULL, 9)).toEqual({ ...NEEDED, expiredAt: 9 });
});

test('keeps nothing of a client that would take up more than the bound', () => {
  const long = (length: number): DynamicClient => ({ ...NEEDED, name: 'x'.repeat(length) });
  const rest = JSON.stringify({ ...long(0), expiredAt: 9 }).length;
  const room = MAX_EXPIRED_CLIENT_LENGTH - rest;
  expect(expiredClient(long(room), 9)).toEqual({ ...long(room), expiredAt: 9 });
  expect(expiredClient(long(room + 1), 9)).toBeUndefined();
});

test('a restored client is in use from then on, under its id', () => {
  const kept = expiredClient(FULL, 9);
  expect(kept && restoredClient(kept, 11)).toEqual({ ...NEEDED, lastUsedAt: 11 });
});
