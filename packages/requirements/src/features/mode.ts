/** Who may register while registration is open. */
export const mode = {
  'vestibule:mode:anonymous': 'In the mode anonymous every client can register, and tokens are ignored.',
  'vestibule:mode:token-only': 'In the mode initial-access-token who has none is refused.',
  'vestibule:mode:both': 'In the mode both who has no token may register within the limits.',
  'vestibule:mode:both-bad-token': 'In the mode both an invalid token is refused, although none is required.',
  'vestibule:mode:advertised': 'The metadata names the registration endpoint also where a token is needed.',
  'vestibule:mode:at-once': 'A change of the mode works with the next request.',
  'vestibule:mode:pages': 'A page of any origin may register, and read the answer, errors included.',
} as const;
