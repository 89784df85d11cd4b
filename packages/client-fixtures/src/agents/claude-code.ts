import type { Fixture } from '../fixture/fixture.ts';
import { PUBLIC } from '../fixture/needs.ts';
import { ON_THE_WIRE } from '../fixture/source.ts';
import { lookAlikes } from '../redirects/look-alikes.ts';
import { onAnotherPort, registered } from '../redirects/redirect.ts';

const REDIRECT_URIS = ['http://localhost:55969/callback'];

export const claudeCode: Fixture = {
  id: 'claude-code',
  client: 'Claude Code',
  version: '2.1.330',
  source: ON_THE_WIRE,
  metadataDocument: 'https://claude.ai/oauth/claude-code-client-metadata',
  notes: [
    'Random port on localhost. Asks for every scope in the protected resource metadata. Sends prompt=consent.',
    'Logging in again while it holds tokens, it first revokes them (public client, client_id in the body).',
    'Uses its metadata document whenever it is advertised; that document lists http://localhost/callback and http://127.0.0.1/callback without a port.',
    'Recovers from a deleted or hibernated client, a revoked grant and an expired refresh token only by its own login command.',
    'After a first sign-in that was abandoned until the registration expired, it needs its own reset command.',
  ],
  registration: {
    client_name: 'Claude Code (notes)',
    redirect_uris: REDIRECT_URIS,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    application_type: 'native',
    scope: 'mcp:read mcp:write offline_access',
  },
  scope: 'advertised',
  needs: PUBLIC,
  redirects: [
    ...registered(...REDIRECT_URIS),
    ...onAnotherPort('http://localhost:61234/callback'),
    ...lookAlikes(...REDIRECT_URIS),
  ],
};
