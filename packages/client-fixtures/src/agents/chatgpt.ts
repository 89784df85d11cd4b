import type { Fixture } from '../fixture/fixture.ts';
import { PUBLIC } from '../fixture/needs.ts';
import { READ } from '../fixture/source.ts';
import { lookAlikes } from '../redirects/look-alikes.ts';
import { registered } from '../redirects/redirect.ts';

const REDIRECT_URIS = ['https://chatgpt.com/connector_platform_oauth_redirect'];

export const chatgpt: Fixture = {
  id: 'chatgpt',
  client: 'ChatGPT',
  version: '2026-08',
  source: READ,
  metadataDocument: 'https://chatgpt.com/oauth/<id>/client.json',
  notes: [
    'Its metadata document prefers private_key_jwt and lists none: {"redirect_uris":["https://chatgpt.com/connector/oauth/<id>"],"token_endpoint_auth_method":"private_key_jwt","token_endpoint_auth_methods_supported":["none","private_key_jwt"],"token_endpoint_auth_signing_alg":"RS256","jwks_uri":"https://chatgpt.com/oauth/jwks.json",…}.',
    'Uses its stable callback only where authorization_response_iss_parameter_supported is true and iss is on every response.',
  ],
  registration: {
    client_name: 'ChatGPT',
    redirect_uris: REDIRECT_URIS,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
  },
  scope: 'none',
  needs: PUBLIC,
  redirects: [...registered(...REDIRECT_URIS), ...lookAlikes(...REDIRECT_URIS)],
};
