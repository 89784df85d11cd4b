import type { Fixture } from '../fixture/fixture.ts';
import { PUBLIC } from '../fixture/needs.ts';
import { ON_THE_WIRE } from '../fixture/source.ts';
import { lookAlikes } from '../redirects/look-alikes.ts';
import { registered } from '../redirects/redirect.ts';

const REDIRECT_URIS = ['http://localhost:5173/oauth/callback'];

export const useMcp: Fixture = {
  id: 'use-mcp',
  client: 'use-mcp (in a browser)',
  version: '0.0.21',
  source: ON_THE_WIRE,
  notes: [
    'Runs in a page: needs CORS on discovery, registration, token, revocation and on their error answers.',
    'Stuck for good when its client is gone.',
    'Stays stuck after a deleted or hibernated client, a revoked grant or an expired refresh token.',
  ],
  registration: {
    redirect_uris: REDIRECT_URIS,
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    client_name: 'MCP Browser Client',
    client_uri: 'http://localhost:5173',
    scope: 'mcp:read mcp:write',
  },
  scope: 'advertised',
  page: 'http://localhost:5173',
  needs: PUBLIC,
  redirects: [...registered(...REDIRECT_URIS), ...lookAlikes(...REDIRECT_URIS)],
};
