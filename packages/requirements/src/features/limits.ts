/** Limits on requests. */
export const limits = {
  'vestibule:limits:address':
    'One address may register five clients in an hour, or as many as the realm says.',
  'vestibule:limits:attempts':
    'One address may ask to register a thousand times in an hour, whatever comes of it, or as often as the realm says.',
  'vestibule:limits:updates': 'A client may update its registration sixty times in an hour.',
  'vestibule:limits:subnet': 'An IPv6 /64 counts as one address.',
  'vestibule:limits:redirect-uris':
    'Registrations with the same redirect URIs are limited, wherever they come from; ports of this computer make no difference, and clients that come back to it alone are not counted so.',
  'vestibule:limits:organization':
    'An IPv6 /56, an IPv6 /48 and an IPv4 /24 each have a share, and no one of them uses the whole day of a realm.',
  'vestibule:limits:organization-of-hour':
    'No organization uses the whole hour of an origin or of a place to which clients lead.',
  'vestibule:limits:organization-of-pending':
    'No organization uses all of the authorizations and pushed requests that a realm keeps at once.',
  'vestibule:limits:pages':
    'What web pages ask at the token endpoint and its neighbors is counted apart from the programs of their visitors.',
  'vestibule:limits:updates-of-network':
    'Updates of registrations are limited for the network that they come from and for the realm, too.',
  'vestibule:limits:vendors': 'The limit for a redirect URI of a known vendor cannot be used up by others.',
  'vestibule:limits:origin':
    'What web pages register counts for their origin, and not for the programs at the address of the visitor.',
  'vestibule:limits:day-full': 'The operator is informed once when the daily limit of a realm is reached.',
  'vestibule:limits:realm': 'A realm takes as many registrations in a day as it says.',
  'vestibule:limits:egress-range':
    'A network that the realm names has a limit of its own, in the place of those for addresses and redirect URIs.',
  'vestibule:limits:awake-clients':
    'A realm at its limit of clients accepts no more, until some are hibernated or expire.',
  'vestibule:limits:refusals': 'What the policy refuses is not counted.',
  'vestibule:limits:refund': 'Who is stopped by one limit has used none of the others.',
  'vestibule:limits:at-once': 'Of many at once exactly as many register as are left.',
  'vestibule:limits:authorizations': 'One address may begin so many authorizations in an hour.',
  'vestibule:limits:audit': 'The event says which limit it was.',
  'vestibule:limits:audit-classes':
    'Events that cost nothing have a budget for each type and address: worthless requests hide no wrong passwords.',
  'vestibule:limits:audit-omitted':
    'What is left out of the audit is counted by type and recorded, at most once an hour for each realm.',
  'vestibule:limits:audit-worthless':
    'Counting the events of worthless requests can be left to a limiter that writes to no database.',
  'vestibule:limits:audit-refreshes': 'Of the refreshes of one grant so many events are kept in a day.',
  'vestibule:limits:audit-log':
    'For requests without a result, a limited number of events is recorded for one address and one organization in an hour, and one event that there were more.',
} as const;
