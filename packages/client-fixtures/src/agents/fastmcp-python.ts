import type { Fixture } from '../fixture/fixture.ts';
import { PUBLIC } from '../fixture/needs.ts';
import { lookAlikes } from '../redirects/look-alikes.ts';
import { onAnotherPort, registered } from '../redirects/redirect.ts';

const REDIRECT_URIS = ['http://localhost:51759/callback'];

export const fastmcpPython: Fixture = {
  id: 'fastmcp-python',
  client: 'FastMCP (Python)',
  version: '4.2.3',
  source: 'recorded on the wire, 2026-11-29, with the real program',
  notes: [
    'Random port on localhost. Requests the authorization endpoint itself first, and registers again if that responds 400.',
    'In a new process it refreshes before it has read any metadata, at POST /token of the API’s origin (the default of MCP 2025-03-26); a 404 there costs a new sign-in.',
    'The official Python SDK (mcp 2.3.0), which it is built on, does the same, and never registers again after invalid_client.',
    'Registers again for each port; recovers by itself from a deleted or hibernated client, a revoked grant and an expired refresh token.',
  ],
  registration: {
    response_types: ['code'],
    scope: 'mcp:read mcp:write',
    client_name: 'FastMCP Client',
    redirect_uris: REDIRECT_URIS,
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    application_type: 'native',
  },
  scope: 'advertised',
  needs: PUBLIC,
  redirects: [
    ...registered(...REDIRECT_URIS),
    ...onAnotherPort('http://localhost:61234/callback'),
    ...lookAlikes(...REDIRECT_URIS),
  ],
};
