/** Management of a registration beyond RFC 7592. */
export const management = {
  'vestibule:management:off':
    'If management is off, responses have no management URI and no token, and the endpoint does not exist.',
  'vestibule:management:one-answer':
    'No such client, a wrong token and the token of another client are answered alike, to the byte.',
  'vestibule:management:today':
    'An update is judged by today’s policy, not by that of the day of registration.',
  'vestibule:management:no-further': 'No update reaches a state that no registration could.',
  'vestibule:management:two-at-once':
    'Of two updates at once one wins, and the other is answered 409 and changes nothing.',
  'vestibule:management:used-meanwhile':
    'An update does not fail because the client is used at the same moment.',
  'vestibule:management:fixed-token':
    'Where the realm does not rotate, the token stays the same with an update.',
  'vestibule:management:audit': 'Updates, refused updates and deletions are events.',
} as const;
