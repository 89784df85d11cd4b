import type { Fixture } from '../fixture/fixture.ts';
import { PUBLIC } from '../fixture/needs.ts';
import { ON_THE_WIRE } from '../fixture/source.ts';
import { lookAlikes } from '../redirects/look-alikes.ts';
import { registered } from '../redirects/redirect.ts';

const REDIRECT_URIS = ['http://127.0.0.1:44113/callback'];

export const codexCli: Fixture = {
  id: 'codex-cli',
  client: 'Codex CLI',
  version: '0.169.0',
  source: ON_THE_WIRE,
  metadataDocument: 'https://chatgpt.com/oauth/codex/client.json',
  notes: [
    'Random loopback port; registers anew at every login.',
    'Uses its metadata document instead, but only if "none" is in token_endpoint_auth_methods_supported.',
    'Refuses to go on when iss is advertised and missing.',
    'Recovers from a deleted or hibernated client, a revoked grant and an expired refresh token only by its own login command.',
  ],
  registration: {
    client_name: 'Codex',
    redirect_uris: REDIRECT_URIS,
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'none',
    response_types: ['code'],
    scope: 'mcp:read offline_access',
    application_type: 'native',
  },
  scope: 'advertised',
  needs: PUBLIC,
  redirects: [...registered(...REDIRECT_URIS), ...lookAlikes(...REDIRECT_URIS)],
};
