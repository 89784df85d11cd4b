import type { Fixture } from '../fixture/fixture.ts';
import { PUBLIC } from '../fixture/needs.ts';
import { READ } from '../fixture/source.ts';
import { lookAlikes } from '../redirects/look-alikes.ts';
import { registered } from '../redirects/redirect.ts';

const REDIRECT_URIS = ['https://claude.ai/api/mcp/auth_callback'];

export const claudeAiConnector: Fixture = {
  id: 'claude-ai-connector',
  client: 'claude.ai connector',
  version: '2026-09',
  source: READ,
  metadataDocument: 'https://claude.ai/oauth/mcp-oauth-client-metadata',
  notes: [
    'Asks for client_secret_post, works with none if that is what the 201 says; a 400 loses it.',
    'Older: adds scope "claudeai". Also https://claude.com/api/mcp/auth_callback.',
    'Registers twice, one or two seconds apart, at each connect, from one small range of addresses (160.79.104.0/21).',
  ],
  registration: {
    client_name: 'Claude',
    redirect_uris: REDIRECT_URIS,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_post',
  },
  scope: 'none',
  needs: { ...PUBLIC, authMethods: ['none', 'client_secret_post'] },
  redirects: [...registered(...REDIRECT_URIS), ...lookAlikes(...REDIRECT_URIS)],
};
