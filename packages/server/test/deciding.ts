import type { Client, DynamicClient } from '@vestibule/core';
import { decideAuthorization } from '../src/authorization/decide-authorization.ts';
import { CAPABILITIES } from '../src/capabilities.ts';
import { CALLBACK, CHALLENGE, NOTES, NOW, realmWith, type Toggles } from './set-up.ts';

export const client: DynamicClient = {
  kind: 'dynamic',
  realm: 'main',
  id: 'app',
  version: 1,
  name: 'App',
  redirectUris: [CALLBACK],
  grantTypes: ['authorization_code', 'refresh_token'],
  applicationType: 'web',
  issuedAt: NOW,
  registration: {},
};

/** A valid request. */
export const GOOD = {
  response_type: 'code',
  client_id: 'app',
  redirect_uri: CALLBACK,
  code_challenge: CHALLENGE,
  code_challenge_method: 'S256',
  resource: NOTES,
};

export type Parameters = Record<string, string | readonly string[] | undefined>;

/** Decides a valid request with some parameters changed. */
export function decide(
  parameters: Parameters,
  of: Partial<DynamicClient> | Client | null = {},
  toggles: Toggles = {},
) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...GOOD, ...parameters })) {
    for (const one of value === undefined ? [] : [value].flat()) search.append(name, one);
  }
  return decideAuthorization({
    parameters: search,
    realm: realmWith(toggles),
    client: of === null ? undefined : { ...client, ...of },
    standing: { kind: of === null ? 'gone' : 'good' },
    capabilities: { ...CAPABILITIES, registration: true, metadataDocuments: true },
    isPushed: false,
  });
}
