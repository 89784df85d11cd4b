import type { DynamicClient } from '@vestibule/core';
import { randomUUID } from 'node:crypto';

/** A client as an agent registers it, with a unique id. */
export const newClient = (): DynamicClient => ({
  kind: 'dynamic',
  realm: 'main',
  id: randomUUID(),
  version: 1,
  name: 'Notes reader',
  redirectUris: ['http://127.0.0.1/callback', 'http://localhost/callback'],
  grantTypes: ['authorization_code', 'refresh_token'],
  applicationType: 'native',
  issuedAt: Date.UTC(2026, 10, 23),
  registration: {},
});
