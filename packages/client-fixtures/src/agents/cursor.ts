import type { Fixture } from '../fixture/fixture.ts';
import { PUBLIC } from '../fixture/needs.ts';
import { READ } from '../fixture/source.ts';
import { lookAlikes } from '../redirects/look-alikes.ts';
import { onAnotherPort, registered } from '../redirects/redirect.ts';

const REDIRECT_URIS = [
  'cursor://anysphere.cursor-mcp/oauth/callback',
  'https://www.cursor.com/agents/mcp/oauth/callback',
  'http://localhost:8787/callback',
];

export const cursor: Fixture = {
  id: 'cursor',
  client: 'Cursor',
  version: '2026-08',
  source: READ,
  notes: [
    'Three kinds of redirect URI in one request: private-use scheme with a host, https, loopback. No application_type.',
  ],
  registration: {
    client_name: 'Cursor',
    redirect_uris: REDIRECT_URIS,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
  },
  scope: 'none',
  needs: PUBLIC,
  redirects: [
    ...registered(...REDIRECT_URIS),
    ...onAnotherPort('http://localhost:61234/callback'),
    ...lookAlikes(...REDIRECT_URIS),
  ],
};
