import { authorizeUrl } from '@vestibule/testing/oauth';
import { VERIFIER } from '@vestibule/testing/pkce';
import type { Addresses } from '../support/app.ts';
import { CALLBACK } from '../attacks/support/client.ts';

/** Node refuses headers and URLs of more than 16 KB together. */
export const LENGTH = 15_000;

/** The content of long values: letters, and characters with a meaning to some parser. */
const FILLINGS = 'a|·|a·|/|=|a=|,|a,|;|a;|"|\\|%|.|a.|1.|-|[|{"a":|::|a;q=0.1,|<'
  .replaceAll('·', ' ')
  .split('|');

/** Values of 15 KB that begin like a valid one, continue with one of the fillings and end in something invalid. */
export const longValues = (beginning: string): readonly string[] =>
  FILLINGS.map((filling) => {
    const times = Math.floor((LENGTH - beginning.length - 3) / filling.length);
    return `${beginning}${filling.repeat(times)}x y`;
  });

/** The headers that are read, each with the possible beginnings of a value. */
export const HEADERS: readonly (readonly [name: string, beginning: string])[] = [
  ['accept', 'text/html'],
  ['accept-encoding', 'gzip'],
  ['accept-language', 'de'],
  ['access-control-request-headers', 'content-type'],
  ['access-control-request-method', 'POST'],
  ['authorization', ''],
  ['authorization', 'Basic '],
  ['authorization', 'Bearer '],
  ['authorization', 'DPoP '],
  ['cache-control', 'no-cache'],
  ['content-encoding', 'identity'],
  ['content-type', 'application/json; charset='],
  ['content-type', 'application/x-www-form-urlencoded; charset='],
  ['content-type', 'multipart/form-data; boundary='],
  ['cookie', 'a='],
  ['cookie', 'vestibule-session='],
  ['dpop', 'eyJ'],
  ['forwarded', 'for='],
  ['if-modified-since', 'Sun'],
  ['if-none-match', '"a'],
  ['mcp-protocol-version', '2025'],
  ['mcp-session-id', 'a'],
  ['origin', 'https://'],
  ['range', 'bytes='],
  ['referer', 'https://'],
  ['sec-fetch-dest', 'image'],
  ['sec-fetch-mode', 'navigate'],
  ['user-agent', 'Mozilla/5.0 ('],
  ['x-forwarded-for', ''],
  ['x-forwarded-for', '2001:db8::'],
  ['x-forwarded-host', 'id.example'],
  ['x-forwarded-proto', 'https'],
];

/** Where headers are sent, with the other expected parts of each request. */
export const PLACES: readonly (readonly [path: string, type?: string, body?: string])[] = [
  ['/.well-known/oauth-authorization-server'],
  ['/connect/authorize'],
  ['/connect/apps'],
  ['/connect/userinfo'],
  ['/nowhere'],
  ['/mcp'],
  ['/mcp', 'application/json', '{"jsonrpc":"2.0","id":1,"method":"ping"}'],
  ['/connect/register', 'application/json', '{"redirect_uris":[]}'],
  ...['token', 'par', 'revoke', 'introspect', 'authorize', 'consent'].map(
    (name) => [`/connect/${name}`, 'application/x-www-form-urlencoded', 'client_id=x'] as const,
  ),
];

/** A valid request to an endpoint, of which one parameter is made long. */
export interface LongParameters {
  readonly endpoint: string;
  /** The value of each parameter, or the beginning of its long value. */
  readonly fields: Readonly<Record<string, string>>;
}

/** What clients send. */
export function requestsOf(app: Addresses, clientId: string): readonly LongParameters[] {
  const asked = authorizeUrl(app, clientId, { redirect_uri: CALLBACK, scope: 'mcp:read' });
  const authorization = {
    ...Object.fromEntries(asked.searchParams),
    acr_values: '',
    authorization_details: '[{',
    claims: '{"',
    display: 'page',
    dpop_jkt: '',
    id_token_hint: 'eyJ',
    login_hint: 'ada',
    max_age: '1',
    nonce: 'a',
    prompt: 'login ',
    request: 'eyJ',
    request_uri: 'urn:ietf:params:oauth:request_uri:',
    response_mode: 'query',
    ui_locales: 'de ',
  };
  const client = {
    client_id: clientId,
    client_secret: '',
    client_assertion: 'eyJ',
    client_assertion_type: 'urn:',
  };
  const code = { code: 'a', redirect_uri: CALLBACK, code_verifier: VERIFIER, resource: app.notes.href };
  const token = { ...client, token: 'eyJ', token_type_hint: 'access_token' };
  return [
    { endpoint: 'authorize', fields: authorization },
    { endpoint: 'par', fields: { ...authorization, ...client } },
    { endpoint: 'token', fields: { ...client, grant_type: 'authorization_code', ...code } },
    {
      endpoint: 'token',
      fields: { client_id: clientId, grant_type: 'refresh_token', refresh_token: 'a', scope: 'mcp:read' },
    },
    { endpoint: 'revoke', fields: token },
    { endpoint: 'introspect', fields: token },
  ];
}

/** The client metadata with string values. */
export const METADATA: Readonly<Record<string, string>> = {
  application_type: 'native',
  client_name: 'An app',
  'client_name#de': 'Eine App',
  client_uri: 'https://app.example/',
  logo_uri: 'https://app.example/',
  tos_uri: 'https://app.example/',
  policy_uri: 'https://app.example/',
  scope: 'mcp:read ',
  software_id: 'a',
  software_version: '1.',
  software_statement: 'eyJ',
  token_endpoint_auth_method: 'none',
};
