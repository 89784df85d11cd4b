import type { Fixture } from '../fixture/fixture.ts';
import { PUBLIC } from '../fixture/needs.ts';
import { ON_THE_WIRE } from '../fixture/source.ts';
import { lookAlikes } from '../redirects/look-alikes.ts';
import { registered } from '../redirects/redirect.ts';

const REDIRECT_URIS = ['http://127.0.0.1:37099/callback'];

export const mcporter: Fixture = {
  id: 'mcporter',
  client: 'mcporter',
  version: '0.12.3',
  source: ON_THE_WIRE,
  notes: [
    'Random port; registers anew at every login.',
    'Recovers from a deleted or hibernated client, a revoked grant and an expired refresh token by itself: the next call opens the browser.',
    'Registers again each time its refresh token expires.',
  ],
  registration: {
    client_name: 'mcporter (notes)',
    redirect_uris: REDIRECT_URIS,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    scope: 'mcp:read',
  },
  scope: 'advertised',
  needs: PUBLIC,
  redirects: [...registered(...REDIRECT_URIS), ...lookAlikes(...REDIRECT_URIS)],
};
