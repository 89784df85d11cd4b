import type { Fixture } from '../fixture/fixture.ts';
import { PUBLIC, UNSPOKEN } from '../fixture/needs.ts';
import { ON_THE_WIRE } from '../fixture/source.ts';
import { lookAlikes } from '../redirects/look-alikes.ts';
import { onAnotherPort, registered } from '../redirects/redirect.ts';

const REDIRECT_URIS = ['http://localhost:8090/callback'];

export const mcpTypescriptSdkClientV2: Fixture = {
  id: 'mcp-typescript-sdk-client-v2',
  client: 'MCP TypeScript SDK client v2',
  version: '2.4.0',
  source: ON_THE_WIRE,
  npm: '@modelcontextprotocol/client',
  notes: [
    'Adds grant_types when the app gives none; derives application_type: any loopback or custom scheme is native.',
    "Adds offline_access to scope only when the server's scopes_supported has it.",
    'Compares issuer in the metadata and iss in the response byte for byte.',
    'Recovers from a deleted or hibernated client, a revoked grant and an expired refresh token by itself: the next call opens the browser.',
    'After a first sign-in that was abandoned until the registration expired, it never registers again.',
  ],
  registration: {
    client_name: 'Simple OAuth MCP Client',
    redirect_uris: REDIRECT_URIS,
    grant_types: ['authorization_code', 'refresh_token'],
    application_type: 'native',
    scope: 'mcp:read',
  },
  scope: 'advertised',
  needs: { ...UNSPOKEN, grants: PUBLIC.grants },
  redirects: [
    ...registered(...REDIRECT_URIS),
    ...onAnotherPort('http://localhost:61234/callback'),
    ...lookAlikes(...REDIRECT_URIS),
  ],
};
