import { lookAlikes } from '../redirects/look-alikes.ts';
import { onAnotherPort, type Redirect, registered } from '../redirects/redirect.ts';
import type { DocumentFixture, PublishedDocument } from './document-fixture.ts';

/** The source of the documents that name no other. */
const PUBLISHED = 'as others recorded it from the publisher, September 2026';

const CODE = ['authorization_code', 'refresh_token'];
const BOTH = { token_endpoint_auth_methods_supported: ['none', 'private_key_jwt'] };

/** A loopback URI without a port comes with any. */
const onAPort = (uris: readonly string[]): readonly Redirect[] =>
  onAnotherPort(
    ...uris.flatMap((uri) => {
      const url = new URL(uri);
      if (url.protocol !== 'http:') return [];
      url.port = '61234';
      return [url.href];
    }),
  );

const described = (
  id: string,
  client: string,
  document: PublishedDocument,
  notes: readonly string[] = [],
  { more = [], source = PUBLISHED }: { readonly more?: readonly Redirect[]; readonly source?: string } = {},
): DocumentFixture => ({
  id,
  client,
  source,
  notes,
  document,
  redirects: [
    ...registered(...document.redirect_uris),
    ...onAPort(document.redirect_uris),
    ...more,
    ...lookAlikes(...document.redirect_uris),
  ],
});

/** The metadata documents of agents. */
export const documents: readonly DocumentFixture[] = [
  described(
    'claude-code',
    'Claude Code',
    {
      client_id: 'https://claude.ai/oauth/claude-code-client-metadata',
      client_name: 'Claude Code',
      client_uri: 'https://claude.ai',
      redirect_uris: ['http://localhost/callback', 'http://127.0.0.1/callback'],
      grant_types: CODE,
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    },
    ['Loopback without a port, and no application_type.'],
  ),
  described(
    'claude-ai-connector',
    'Claude',
    {
      client_id: 'https://claude.ai/oauth/mcp-oauth-client-metadata',
      client_name: 'Claude',
      client_uri: 'https://claude.ai',
      redirect_uris: ['https://claude.ai/api/mcp/auth_callback'],
      grant_types: [...CODE, 'urn:ietf:params:oauth:grant-type:jwt-bearer'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    },
    ['Lists a grant type that most servers do not have.'],
  ),
  described(
    'chatgpt',
    'ChatGPT',
    {
      client_id: 'https://chatgpt.com/oauth/client.json',
      client_name: 'ChatGPT',
      client_uri: 'https://chatgpt.com',
      redirect_uris: ['https://chatgpt.com/connector_platform_oauth_redirect'],
      grant_types: CODE,
      response_types: ['code'],
      token_endpoint_auth_method: 'private_key_jwt',
      ...BOTH,
      token_endpoint_auth_signing_alg: 'RS256',
      jwks_uri: 'https://chatgpt.com/oauth/jwks.json',
    },
    [
      'Prefers a signature and works without: it uses what the server and the document both list.',
      'Where responses have no iss, it has a document for each connector: https://chatgpt.com/oauth/<id>/client.json.',
    ],
  ),
  described(
    'codex-cli',
    'Codex',
    {
      client_id: 'https://chatgpt.com/oauth/codex/client.json',
      client_name: 'Codex',
      redirect_uris: ['http://127.0.0.1/callback', 'http://localhost/callback'],
      grant_types: CODE,
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    },
    ['Uses its document if the metadata lists none among the authentication methods.'],
  ),
  described(
    'vs-code',
    'Visual Studio Code',
    {
      client_id: 'https://vscode.dev/oauth/client-metadata.json',
      client_name: 'Visual Studio Code',
      client_uri: 'https://vscode.dev/product',
      redirect_uris: ['http://127.0.0.1:33418/', 'https://vscode.dev/redirect'],
      application_type: 'native',
      grant_types: [...CODE, 'urn:ietf:params:oauth:grant-type:device_code'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    },
    ['May come back without the slash of its loopback URI.'],
    {
      more: [
        {
          uri: 'http://127.0.0.1:33418',
          works: true,
          why: 'it comes back without the slash, which is the same address',
        },
      ],
    },
  ),
  described('zed', 'Zed', {
    client_id: 'https://zed.dev/oauth/client-metadata.json',
    client_name: 'Zed',
    client_uri: 'https://zed.dev',
    redirect_uris: ['http://127.0.0.1/callback'],
    grant_types: CODE,
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
  }),
  described(
    'goose',
    'goose',
    {
      client_id: 'https://goose-docs.ai/oauth/client-metadata.json',
      client_name: 'goose',
      redirect_uris: ['http://127.0.0.1/oauth_callback', 'http://[::1]/oauth_callback'],
      grant_types: CODE,
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      code_challenge_methods_supported: ['S256'],
    },
    ['Loopback over IPv6, and a member that no registry has.'],
  ),
  described('opencode', 'OpenCode', {
    client_id: 'https://opencode.ai/oauth/opencode/client.json',
    client_name: 'OpenCode',
    redirect_uris: ['http://127.0.0.1/callback', 'http://localhost/callback'],
    application_type: 'native',
    grant_types: CODE,
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    token_endpoint_auth_methods_supported: ['none'],
  }),
  described(
    'grok',
    'Grok',
    {
      client_id: 'https://grok.com/oauth/mcp-client.json',
      client_name: 'Grok',
      client_uri: 'https://grok.com',
      logo_uri: 'https://grok.com/icon-512x512.png',
      redirect_uris: [
        'https://grok.com/connectors-oauth-exchange-code/',
        'https://console.x.ai/connectors-oauth-exchange-code/',
      ],
      grant_types: CODE,
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    },
    [
      'Comes back with the slash at the end of its redirect URI.',
      'Its host may respond to servers in data centers with 403 and a challenge for browsers, so that they cannot fetch the document.',
      'Accounts of companies come back to console.x.ai.',
    ],
    { source: 'as others recorded it from the publisher, October 2026' },
  ),
];
