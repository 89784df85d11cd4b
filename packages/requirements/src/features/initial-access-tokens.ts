/** Tokens that an operator issues for registrations. */
export const initialAccessTokens = {
  'vestibule:initial-access-tokens:none':
    'Where a token is needed, a request without is answered 401 with a Bearer challenge that names no error.',
  'vestibule:initial-access-tokens:one-answer':
    'Unknown, expired, spent and revoked tokens are answered alike.',
  'vestibule:initial-access-tokens:nothing-stored':
    'Nothing is stored for a request with an invalid token, and its event says why.',
  'vestibule:initial-access-tokens:header-only': 'A token in the query or the body is ignored.',
  'vestibule:initial-access-tokens:expiry': 'A token is invalid from the time of its expiry on.',
  'vestibule:initial-access-tokens:uses': 'A token registers as many clients as it has uses.',
  'vestibule:initial-access-tokens:uses-at-once':
    'Of many registrations at once with one token, as many succeed as uses are left.',
  'vestibule:initial-access-tokens:refusal-is-free':
    'A registration that the policy refuses uses nothing of the token up.',
  'vestibule:initial-access-tokens:failure-is-free':
    'A registration that cannot be stored uses nothing of the token up.',
  'vestibule:initial-access-tokens:revoked': 'A revoked token is invalid from then on.',
  'vestibule:initial-access-tokens:of-its-realm': 'A token of one realm is unknown in another.',
  'vestibule:initial-access-tokens:lifts-limits':
    'Limits for anonymous registrations and attempts do not apply to a registration with a token; the limit of clients does.',
  'vestibule:initial-access-tokens:redirect-hosts':
    'The redirect hosts that a token names take the place of those the realm allows; those the realm refuses stay refused.',
  'vestibule:initial-access-tokens:scopes': 'A client is bound to the scopes that its token names.',
  'vestibule:initial-access-tokens:apis': 'A client may name the APIs that its token names, and no others.',
  'vestibule:initial-access-tokens:update':
    'An update is held to what the token named that the client registered with.',
  'vestibule:initial-access-tokens:rules-stand': 'No token loosens one of the five rules, or opens a gate.',
  'vestibule:initial-access-tokens:traced': 'The event of a registration names its token by id.',
} as const;
