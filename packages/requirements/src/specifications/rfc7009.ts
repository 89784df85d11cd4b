/** OAuth 2.0 Token Revocation. */
export const rfc7009 = {
  'rfc7009:2.1:post': 'Revocation is asked for by POST, and any other method is answered 405.',
  'rfc7009:2.1:token-missing': 'A request without a token is refused with invalid_request.',
  'rfc7009:2.1:client-first':
    'A client that fails to authenticate gets 401 invalid_client, whatever the token.',
  'rfc7009:2.1:own-tokens': 'No client ends a token of another.',
  'rfc7009:2.1:refresh-token': 'Revoking a refresh token ends its grant, with every token of it.',
  'rfc7009:2.1:access-token': 'A revoked access token is no longer active.',
  'rfc7009:2.1:at-once': 'What was revoked is refused from the next request on.',
  'rfc7009:2.1:hint': 'A token is found whatever token_type_hint says.',
  'rfc7009:2.2:ok': 'A revocation is answered 200.',
  'rfc7009:2.2:unknown': 'An unknown token also results in 200.',
  'rfc7009:2.2.1:errors': 'A refusal is JSON with error and error_description, as at the token endpoint.',
  'rfc7009:2.3:pages': 'Pages of any origin may revoke.',
  'rfc7009:3:list': 'An API that verifies tokens by itself learns from a list which of them ended.',
} as const;
