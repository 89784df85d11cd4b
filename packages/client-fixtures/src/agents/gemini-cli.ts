import type { Fixture } from '../fixture/fixture.ts';
import { PUBLIC } from '../fixture/needs.ts';
import { ON_THE_WIRE } from '../fixture/source.ts';
import { lookAlikes } from '../redirects/look-alikes.ts';
import { onAnotherPort, registered } from '../redirects/redirect.ts';

const REDIRECT_URIS = ['http://localhost:42315/oauth/callback'];

export const geminiCli: Fixture = {
  id: 'gemini-cli',
  client: 'Gemini CLI',
  version: '0.61.0',
  source: ON_THE_WIRE,
  notes: [
    'Asks for everything in the server\'s scopes_supported; sends scope "" when there is none. No metadata document.',
    'Recovers from a deleted or hibernated client, a revoked grant and an expired refresh token only by its own login command.',
  ],
  registration: {
    client_name: 'Gemini CLI MCP Client',
    redirect_uris: REDIRECT_URIS,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    scope: 'openid offline_access mcp:read mcp:write',
  },
  scope: 'advertised-or-empty',
  needs: PUBLIC,
  redirects: [
    ...registered(...REDIRECT_URIS),
    ...onAnotherPort('http://localhost:61234/oauth/callback'),
    ...lookAlikes(...REDIRECT_URIS),
  ],
};
