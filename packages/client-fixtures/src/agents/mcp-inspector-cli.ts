import type { Fixture } from '../fixture/fixture.ts';
import { PUBLIC } from '../fixture/needs.ts';
import { ON_THE_WIRE } from '../fixture/source.ts';
import { lookAlikes } from '../redirects/look-alikes.ts';
import { onAnotherPort, registered } from '../redirects/redirect.ts';

const REDIRECT_URIS = ['http://127.0.0.1:6276/oauth/callback'];

export const mcpInspectorCli: Fixture = {
  id: 'mcp-inspector-cli',
  client: 'MCP Inspector CLI',
  version: '2.12.0',
  source: ON_THE_WIRE,
  npm: '@modelcontextprotocol/inspector',
  notes: [
    'Asks for every scope in the protected resource metadata.',
    'The browser edition registers from a page: CORS, preflight with mcp-protocol-version; may send scope "".',
    'Recovers from a deleted or hibernated client, a revoked grant and an expired refresh token by itself: the next call opens the browser.',
    'Fixed callback: port 6276. Asks for more scopes only with --relogin.',
    'After a first sign-in that was abandoned until the registration expired, it needs its own reset command.',
  ],
  registration: {
    redirect_uris: REDIRECT_URIS,
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    client_name: 'MCP Inspector',
    client_uri: 'https://github.com/modelcontextprotocol/inspector',
    scope: 'mcp:read mcp:write offline_access',
    application_type: 'native',
  },
  scope: 'advertised',
  needs: PUBLIC,
  redirects: [
    ...registered(...REDIRECT_URIS),
    ...onAnotherPort('http://127.0.0.1:61234/oauth/callback'),
    ...lookAlikes(...REDIRECT_URIS),
  ],
};
