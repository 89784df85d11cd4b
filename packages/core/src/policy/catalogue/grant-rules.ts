import { describe, type RuleDescription } from './rule-description.ts';

/** What a client may do: authentication, grants, response types and scopes. */
export const GRANT_RULES: readonly RuleDescription[] = [
  describe(
    'token-endpoint-auth-method.none',
    'RFC 7591 §2, RFC 7636',
    'Clients that register themselves are public.',
    'Nothing: the method becomes none, and no secret is issued. Use PKCE with S256.',
    'A secret that anyone can get by registering proves nothing.',
  ),
  describe(
    'grant-types.client-credentials',
    'RFC 6749 §4.4',
    'A client that registers itself does not use client_credentials.',
    'Leave out client_credentials. An operator can pre-register a client that needs more.',
    'Such a client acts for a person and never on its own behalf.',
  ),
  describe(
    'grant-types.supported',
    'RFC 7591 §2',
    'The grant types are authorization_code and refresh_token.',
    'Leave out others. As the operator, set registration.unsupportedTypes to narrow to have them dropped instead.',
    'The server has no other grants for dynamic clients.',
  ),
  describe(
    'grant-types.authorization-code',
    'RFC 7591 §2.1',
    'authorization_code is among the grant types.',
    'Add authorization_code, or leave out grant_types.',
    'Without it the client could never get a token.',
  ),
  describe(
    'response-types.code',
    'RFC 7591 §2.1',
    'The response type is code.',
    'Send code as the only one of response_types, or leave out the member.',
    'It belongs to authorization_code. Responses with tokens in them leak tokens.',
  ),
  describe(
    'scope.open',
    'RFC 7591 §2',
    'scope has valid names, and is cut to the scopes that are open to clients that register themselves.',
    'Separate scope names by spaces, without quotes and backslashes, or leave out scope.',
    'It is an upper bound for what the client can request. If nothing is left, it is ignored.',
  ),
  describe(
    'initial-access-token.scopes',
    'RFC 7591 §3.1',
    'scope has a scope that the initial access token allows.',
    'Request one of the scopes that the error names, or leave out scope.',
    'The operator limited the scopes of clients that register with this token.',
  ),
];
