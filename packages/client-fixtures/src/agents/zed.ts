import type { Fixture } from '../fixture/fixture.ts';
import { PUBLIC } from '../fixture/needs.ts';
import { READ } from '../fixture/source.ts';
import { lookAlikes } from '../redirects/look-alikes.ts';
import { registered } from '../redirects/redirect.ts';

const REDIRECT_URIS = ['http://127.0.0.1:49152/callback'];

export const zed: Fixture = {
  id: 'zed',
  client: 'Zed',
  version: '2026-08',
  source: READ,
  metadataDocument: 'https://zed.dev/oauth/client-metadata.json',
  notes: ['A new registration for every login, because the port changes.'],
  registration: {
    client_name: 'Zed',
    redirect_uris: REDIRECT_URIS,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
  },
  scope: 'none',
  needs: PUBLIC,
  redirects: [...registered(...REDIRECT_URIS), ...lookAlikes(...REDIRECT_URIS)],
};
