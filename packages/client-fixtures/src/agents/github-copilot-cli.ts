import type { Fixture } from '../fixture/fixture.ts';
import { PUBLIC } from '../fixture/needs.ts';
import { lookAlikes } from '../redirects/look-alikes.ts';
import { onAnotherPort, registered } from '../redirects/redirect.ts';

const REDIRECT_URIS = ['http://127.0.0.1:41795/'];

export const githubCopilotCli: Fixture = {
  id: 'github-copilot-cli',
  client: 'GitHub Copilot CLI',
  version: '1.0.102',
  source: 'recorded on the wire, 2026-11-29, with the real program',
  notes: [
    'Random port on 127.0.0.1, path /. No scope and no application_type at registration. Sends prompt=select_account.',
    'Ignores invalid_client at refresh and goes on to authorize with the dead client_id; only `copilot mcp remove` and `add` start afresh.',
    'Recovers from a hibernated client, a revoked grant and an expired refresh token only by its own login command.',
    'No metadata document as of this version.',
  ],
  registration: {
    client_name: 'GitHub Copilot CLI',
    redirect_uris: REDIRECT_URIS,
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
  },
  scope: 'none',
  needs: PUBLIC,
  redirects: [
    ...registered(...REDIRECT_URIS),
    ...onAnotherPort('http://127.0.0.1:61234/'),
    ...lookAlikes(...REDIRECT_URIS),
  ],
};
