import type { Fixture } from '../fixture/fixture.ts';
import { PUBLIC } from '../fixture/needs.ts';
import { ON_THE_WIRE } from '../fixture/source.ts';
import { lookAlikes } from '../redirects/look-alikes.ts';
import { onAnotherPort, registered } from '../redirects/redirect.ts';

const REDIRECT_URIS = ['http://localhost:5769/oauth/callback'];

export const mcpRemote: Fixture = {
  id: 'mcp-remote',
  client: 'mcp-remote',
  version: '0.15.1',
  source: ON_THE_WIRE,
  npm: 'mcp-remote',
  notes: [
    'Sends prompt=consent and a scope at refresh.',
    'Older versions send scope "openid email profile" when nothing is advertised.',
    'Recovers from a deleted or hibernated client, a revoked grant and an expired refresh token by itself: the next call opens the browser.',
    'After a first sign-in that was abandoned until the registration expired, its folder has to be deleted.',
  ],
  registration: {
    redirect_uris: REDIRECT_URIS,
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    client_name: 'MCP CLI Proxy',
    client_uri: 'https://github.com/modelcontextprotocol/mcp-cli',
    software_id: '2e6dc280-f3c3-4e01-99a7-8181dbd1d23d',
    software_version: '0.15.1',
    scope: 'mcp:read offline_access',
    application_type: 'native',
  },
  scope: 'advertised',
  needs: PUBLIC,
  redirects: [
    ...registered(...REDIRECT_URIS),
    ...onAnotherPort('http://localhost:61234/oauth/callback'),
    ...lookAlikes(...REDIRECT_URIS),
  ],
};
