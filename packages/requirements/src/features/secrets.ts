/** Secrets are stored as hashes and not logged. */
export const secrets = {
  'vestibule:secrets:registration-access-tokens': 'Of a registration access token the database holds a hash.',
  'vestibule:secrets:initial-access-tokens': 'Of an initial access token the database holds a hash.',
  'vestibule:secrets:events': 'No event holds a token or a code.',
  'vestibule:secrets:logs': 'No log line holds a token or a code.',
  'vestibule:secrets:constant-time':
    'How long it takes to compare a secret, or the hash of one, does not tell how much of it is right.',
  'vestibule:secrets:errors': 'No error repeats a token or a code.',
} as const;
