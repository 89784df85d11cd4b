/** The five structural rules for dynamic clients. No setting turns them off. */
export const rules = {
  'vestibule:rules:no-secret': 'A dynamic client never has a secret, and one that is sent is refused.',
  'vestibule:rules:pkce': 'Without PKCE with S256 no code is issued.',
  'vestibule:rules:no-client-credentials':
    'client_credentials is refused at registration, also where the realm narrows.',
  'vestibule:rules:no-client-credentials-token':
    'The token endpoint knows no client_credentials, and no password.',
  'vestibule:rules:code-only': 'The authorization endpoint answers with a code, never with a token.',
  'vestibule:rules:one-api': 'A token is valid for the one API that resource names, and for no other.',
  'vestibule:rules:resource-needed':
    'An authorization request names one API: without, or with two, it is refused.',
  'vestibule:rules:unverified':
    'The consent page marks the name with [unverified], and a name cannot bring such a mark itself.',
  'vestibule:rules:every-time': 'Consent is asked every time, whatever was approved before.',
  'vestibule:rules:whatever-the-body':
    'Whatever the body, what is registered obeys the rules that a registration can break.',
  'vestibule:rules:whatever-the-policy': 'No policy of an operator’s own lets through what breaks them.',
} as const;
