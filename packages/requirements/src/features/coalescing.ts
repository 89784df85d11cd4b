/** Duplicate registrations. */
export const coalescing = {
  'vestibule:coalescing:same-client':
    'The same registration from the same address within ten minutes gets the same client_id.',
  'vestibule:coalescing:same-network': 'Addresses of one IPv4 /24, or of one IPv6 /64, are the same.',
  'vestibule:coalescing:loopback-port':
    'Loopback redirect URIs that differ only in their ports are the same, and each response has the requested port.',
  'vestibule:coalescing:ten-minutes': 'After ten minutes it gets a new one.',
  'vestibule:coalescing:other-network': 'From another network it gets one of its own.',
  'vestibule:coalescing:other-metadata':
    'What comes to other metadata, or by another token, gets one of its own.',
  'vestibule:coalescing:one-use': 'The second registration costs no limit anything.',
  'vestibule:coalescing:at-once': 'Of many at once all get the same client.',
  'vestibule:coalescing:token-uses':
    'With an initial access token they cost one use together, and who comes again when it is spent gets the same client.',
  'vestibule:coalescing:not-managed': 'Where clients manage themselves each gets one of its own.',
  'vestibule:coalescing:off': 'Where the realm turns it off each gets one of its own.',
  'vestibule:coalescing:blocked': 'A blocked client is not given out again.',
  'vestibule:coalescing:audit': 'A registration that is coalesced is an event of its own.',
} as const;
