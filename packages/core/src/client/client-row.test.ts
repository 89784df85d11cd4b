import { describe, expect, test } from 'vitest';
import type { Client, DynamicClient } from './client.ts';
import {
  CLIENT_COLUMNS,
  fromClientRow,
  fromDynamicRows,
  fromExpiredClientRow,
  toClientRow,
  toExpiredClientRow,
} from './client-row.ts';

const LEAST: DynamicClient = {
  kind: 'dynamic',
  realm: 'main',
  id: 'dyn-1',
  version: 1,
  name: 'Notes',
  redirectUris: ['https://notes.example/callback'],
  grantTypes: ['authorization_code'],
  applicationType: 'web',
  issuedAt: 1_000,
  registration: {},
};

const FULL: DynamicClient = {
  ...LEAST,
  version: 7,
  scope: ['notes:read'],
  contacts: ['ada@notes.example'],
  translations: { de: { name: 'Notizen' } },
  lastUsedAt: 2_000,
  blockedAt: 3_000,
  registration: {
    bounds: { redirectHosts: ['notes.example'] },
    vouchedBy: 'https://vendor.example',
    accessTokenHash: 'hash',
    fingerprint: 'fingerprint',
    hibernatedAt: 4_000,
  },
};

const { registration: _registration, ...CORE } = FULL;

describe('comes back from its row as it was', () => {
  test.each<[string, Client]>([
    ['a dynamic client with the fewest members', LEAST],
    ['a dynamic client with all kinds of members', FULL],
    [
      'a client of a metadata document',
      {
        ...CORE,
        kind: 'metadata-document',
        document: { uri: 'https://notes.example/c', fetchedAt: 1, expiresAt: 2, fingerprint: 'document' },
      },
    ],
    [
      'a client that an operator created',
      {
        ...CORE,
        kind: 'pre-registered',
        terms: { authentication: { method: 'none' }, access: [], rememberConsent: true },
      },
    ],
  ])('%s', (_, client) => {
    const row = toClientRow(client);
    expect(fromClientRow(row)).toEqual(client);
    expect(Object.keys(row)).toEqual(CLIENT_COLUMNS);
  });
});

test('what a store changes alone is in its column only', () => {
  const { client, ...columns } = toClientRow(FULL);
  for (const value of [FULL.realm, FULL.id, 'fingerprint', '2000', '3000', '4000', '1000']) {
    expect(client).not.toContain(value);
  }
  expect(columns).toMatchObject({ last_used_at: 2_000, hibernated_at: 4_000, fingerprint: 'fingerprint' });
});

test('rows of dynamic clients become dynamic clients', () => {
  expect(fromDynamicRows([LEAST, FULL].map(toClientRow))).toEqual([LEAST, FULL]);
});

test('an expired client comes back from its row as it was', () => {
  const expired = { ...FULL, expiredAt: 5_000 };
  expect(fromExpiredClientRow(toExpiredClientRow(expired))).toEqual(expired);
});
