import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { ISSUER, setUp } from './set-up.ts';

async function start() {
  const world = setUp();
  const response = await world.server.metadata(new Request(ISSUER), { ip: '' });
  return { ...world, metadata: await response.json(), clientId: await world.register() };
}

const GRANT_TYPES = [
  'authorization_code',
  'refresh_token',
  'client_credentials',
  'password',
  'implicit',
  'urn:ietf:params:oauth:grant-type:device_code',
  'urn:ietf:params:oauth:grant-type:jwt-bearer',
  'urn:ietf:params:oauth:grant-type:token-exchange',
];

test.each(GRANT_TYPES)(
  cite(
    'the grant type %s is answered where the metadata has it',
    'rfc8414:2:one-value',
    'rfc8414:2:grant-types',
  ),
  async (grantType) => {
    const { metadata, token, clientId } = await start();
    const { body } = await token({ grant_type: grantType, client_id: clientId });
    expect(body.error === 'unsupported_grant_type').toBe(!metadata.grant_types_supported.includes(grantType));
  },
);

describe(cite('an authorization request is taken where the metadata has its', 'rfc8414:2:one-value'), () => {
  test.each([
    [cite('response_type', 'rfc8414:2:response-types'), 'response_type', 'code'],
    ['response_type', 'response_type', 'token'],
    ['response_type', 'response_type', 'id_token'],
    ['response_type', 'response_type', 'code id_token'],
    [cite('response_mode', 'rfc8414:2:response-modes'), 'response_mode', 'query'],
    ['response_mode', 'response_mode', 'form_post'],
    ['response_mode', 'response_mode', 'fragment'],
    [cite('challenge method', 'rfc8414:2:code-challenge-methods'), 'code_challenge_method', 'S256'],
    ['challenge method', 'code_challenge_method', 'plain'],
  ])('%s %s, or not, as with %s', async (_, parameter, value) => {
    const { metadata, newBrowser, authorizeUrl, clientId } = await start();
    const { view } = await newBrowser().open(authorizeUrl(clientId, { [parameter]: value }));
    expect(view.page === 'sign-in').toBe(metadata[`${parameter}s_supported`].includes(value));
  });
});
