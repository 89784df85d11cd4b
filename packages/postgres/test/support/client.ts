import type { DynamicClient } from '@vestibule/core';
import { NOW } from './family.ts';

/** A client with the fingerprint that all of these have. */
export const client = (id: string, members: Partial<DynamicClient> = {}): DynamicClient => ({
  kind: 'dynamic',
  realm: 'main',
  id,
  version: 1,
  name: `Client ${id}`,
  redirectUris: ['https://app.example/cb'],
  grantTypes: ['authorization_code'],
  applicationType: 'web',
  issuedAt: NOW,
  registration: { fingerprint: 'same' },
  ...members,
});
