/** OAuth 2.0 Token Introspection. */
export const rfc7662 = {
  'rfc7662:2.1:post': 'Introspection is asked for by POST, and any other method is answered 405.',
  'rfc7662:2.1:token-missing': 'A request without a token is refused with invalid_request.',
  'rfc7662:2.1:authenticated': 'Only an API that authenticates is answered.',
  'rfc7662:2.1:hint': 'A token is found whatever token_type_hint says.',
  'rfc7662:2.2:active':
    'For a valid token the response says that it is active, whose it is, for what, and until when.',
  'rfc7662:2.2:inactive': 'Of any other token the answer says inactive, and nothing else.',
  'rfc7662:2.2:expired': 'A token that has expired is inactive.',
  'rfc7662:2.2:revoked': 'A token whose grant has ended is inactive.',
  'rfc7662:2.2:forged': 'A token that was changed, or signed with another key, is inactive.',
  'rfc7662:2.2:gates': 'A token is inactive while a gate that it came through is closed.',
  'rfc7662:2.2:scopes': 'The answer leaves out a scope that was closed since.',
  'rfc7662:2.2:client': 'A token of a client that is blocked or gone is inactive.',
  'rfc7662:2.2:strangers': 'An API learns nothing about a token for another API.',
  'rfc7662:2.3:invalid-client': 'Who does not authenticate is answered 401, with a challenge.',
  'rfc7662:4:no-store': 'No cache may keep the answer.',
} as const;
