import type { Fixture } from '../fixture/fixture.ts';
import { PUBLIC } from '../fixture/needs.ts';
import { ON_THE_WIRE } from '../fixture/source.ts';
import { lookAlikes } from '../redirects/look-alikes.ts';
import { registered } from '../redirects/redirect.ts';

const REDIRECT_URIS = ['http://127.0.0.1:19876/mcp/oauth/callback'];

export const opencode: Fixture = {
  id: 'opencode',
  client: 'OpenCode',
  version: '1.18.33',
  source: ON_THE_WIRE,
  notes: [
    'No application_type. Registers twice in one login.',
    'Recovers from a deleted or hibernated client, a revoked grant and an expired refresh token only by its own login command.',
    'Fixed callback: port 19876.',
  ],
  registration: {
    redirect_uris: REDIRECT_URIS,
    client_name: 'OpenCode',
    client_uri: 'https://opencode.ai',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    scope: 'mcp:read offline_access',
  },
  scope: 'advertised',
  needs: PUBLIC,
  redirects: [...registered(...REDIRECT_URIS), ...lookAlikes(...REDIRECT_URIS)],
};
