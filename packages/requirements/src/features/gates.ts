/** The gates of realm, API and scope. */
export const gates = {
  'vestibule:gates:closed-by-default': 'A new realm accepts no registration.',
  'vestibule:gates:silent-door':
    'Behind a closed door the registration endpoint answers as an unknown path does.',
  'vestibule:gates:advertised':
    'The metadata names the registration endpoint only while registration is open.',
  'vestibule:gates:realm': 'A closed door stops clients that are in already.',
  'vestibule:gates:api': 'An API that is not open to dynamic clients is refused as if it were not there.',
  'vestibule:gates:scope': 'A scope that is not open to dynamic clients is never granted to one.',
  'vestibule:gates:at-authorization': 'The gates are asked when an authorization begins.',
  'vestibule:gates:at-decision': 'The gates are asked when the person decides.',
  'vestibule:gates:at-exchange': 'The gates are asked when a code is exchanged.',
  'vestibule:gates:at-refresh':
    'The gates are asked at every refresh, and one that opens again lets it go on.',
  'vestibule:gates:at-once': 'Opening or closing a gate takes effect with the next request.',
} as const;
