/** What an operator does, and what the audit says of it. */
export const operator = {
  'vestibule:operator:actor':
    'Each act of an operator names an actor; its event has the actor, and what was there before and after.',
  'vestibule:operator:person-removed':
    'Removing a person ends their sessions, codes and refresh tokens at once.',
  'vestibule:operator:grants-ended':
    'An operator ends one grant, or those of a client or of a person, at once.',
  'vestibule:operator:people-commands':
    'vestibule people lists, adds, changes and deletes people, and never takes a password as an argument.',
  'vestibule:operator:grants-commands': 'vestibule grants lists and ends the grants of a client or a person.',
} as const;
