import type { StoredClient } from '@vestibule/core';
import { NOW } from './family.ts';

/** A client with the fingerprint that all of these have. */
export const client = (id: string, members: Partial<StoredClient> = {}): StoredClient => ({
  realm: 'main',
  id,
  version: 1,
  name: `Client ${id}`,
  redirectUris: ['https://app.example/cb'],
  grantTypes: ['authorization_code'],
  applicationType: 'web',
  issuedAt: NOW,
  fingerprint: 'same',
  ...members,
});
