import { cite } from '@vestibule/requirements';
import { CHALLENGE } from '@vestibule/testing/pkce';
import { expect, test } from 'vitest';
import type { Served } from './served.ts';

const CALLBACK = 'https://app.example/cb';

/** What becomes of a good registration, and what a client can do with it. */
export function registration(served: () => Served): void {
  const register = async (metadata: object) => {
    const response = await served().send('/connect/register', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ redirect_uris: [CALLBACK], ...metadata }),
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  };
  // One for all authorization requests, because servers limit how many clients register from one address.
  let client: Promise<string> | undefined;
  const authorize = async (parameters: Readonly<Record<string, string>>): Promise<Response> => {
    client ??= register({}).then(({ body }) => String(body.client_id));
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: await client,
      redirect_uri: CALLBACK,
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
      state: 'st',
      ...parameters,
    });
    return served().send(`/connect/authorize?${query}`);
  };

  test.each<[string, object]>([
    ['which asks for a secret', { token_endpoint_auth_method: 'client_secret_post' }],
    ['which asks for no secret', { token_endpoint_auth_method: 'none' }],
    ['which asks for nothing', {}],
  ])(
    cite(
      'a client %s gets an id and no secret',
      'vestibule:rules:no-secret',
      'rfc7591:3.1:server-chooses-the-id',
    ),
    async (_, metadata) => {
      const { status, headers, body } = await register({ client_name: 'Garden app', ...metadata });
      expect([status, headers.get('cache-control')]).toEqual([201, 'no-store']);
      expect(body).toMatchObject({
        client_id: expect.any(String),
        token_endpoint_auth_method: 'none',
        redirect_uris: [CALLBACK],
      });
      expect(body).not.toHaveProperty('client_secret');
    },
  );

  test.each<[string, object]>([
    ['client_credentials', { grant_types: ['client_credentials'] }],
    ['client_credentials beside another', { grant_types: ['authorization_code', 'client_credentials'] }],
    ['the implicit grant', { grant_types: ['implicit'], response_types: ['token'] }],
  ])(
    cite('a client that asks for %s is refused', 'vestibule:rules:no-client-credentials'),
    async (_, metadata) => {
      const { status, body } = await register(metadata);
      expect([status, body.error]).toEqual([400, 'invalid_client_metadata']);
    },
  );

  test.each([
    'https://app.example/cb/',
    'https://app.example/CB',
    'https://app.example:443/cb',
    'https://app.example/cb?x',
    'https://app.example/cb#x',
    'https://app.example/cb/../evil',
    'https://app.example.evil.example/cb',
    'https://app.example@evil.example/cb',
    'https://evil.example/cb',
    'http://app.example/cb',
    'javascript:alert(1)',
    '',
  ])('the unregistered redirect URI %j gets a page and no redirect', async (redirect_uri) => {
    const response = await authorize({ redirect_uri });
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
  });

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['the response type token', { response_type: 'token' }, 'unsupported_response_type'],
    ['the method plain of PKCE', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['no code challenge', { code_challenge: '' }, 'invalid_request'],
    ['an unknown API', { resource: 'https://unknown.example' }, 'invalid_target'],
  ])(
    cite(
      'an authorization request with %s gets an error and no sign-in page',
      'vestibule:rules:pkce',
      'vestibule:rules:code-only',
    ),
    async (_, parameters, error) => {
      const response = await authorize(parameters);
      // The error goes to the client by a redirect, or by a link on a page.
      const answer = response.headers.get('location') ?? (await response.text());
      expect(answer).toContain(`error=${error}`);
      expect(answer).not.toContain('type="password"');
    },
  );
}
