import type { Fixture } from '../fixture/fixture.ts';
import { UNSPOKEN } from '../fixture/needs.ts';
import { ON_THE_WIRE } from '../fixture/source.ts';
import { lookAlikes } from '../redirects/look-alikes.ts';
import { onAnotherPort, registered } from '../redirects/redirect.ts';

const REDIRECT_URIS = ['http://localhost:8090/callback'];

export const mcpTypescriptSdkClientV1: Fixture = {
  id: 'mcp-typescript-sdk-client-v1',
  client: 'MCP TypeScript SDK client v1',
  version: '1.32.2',
  source: ON_THE_WIRE,
  npm: '@modelcontextprotocol/sdk',
  notes: [
    'Sends only what the app gives it: no grant_types, response_types, token_endpoint_auth_method, application_type; still uses refresh tokens.',
    'On 401 invalid_client at the token endpoint it forgets the client and registers again; on anything else it does not.',
    'With no tokens it goes straight to /authorize with the id it has, dead or not.',
    'Recovers from a deleted or hibernated client, a revoked grant and an expired refresh token by itself: the next call opens the browser.',
    'After a first sign-in that was abandoned until the registration expired, it never registers again.',
  ],
  registration: {
    client_name: 'Simple OAuth MCP Client',
    redirect_uris: REDIRECT_URIS,
    scope: 'mcp:read',
  },
  scope: 'advertised',
  needs: UNSPOKEN,
  redirects: [
    ...registered(...REDIRECT_URIS),
    ...onAnotherPort('http://localhost:61234/callback'),
    ...lookAlikes(...REDIRECT_URIS),
  ],
};
