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
  'vestibule:operator:sunset':
    'vestibule sunset reports who uses registered clients, which agents have a metadata document, and what closing registration ends.',
  'vestibule:operator:apis':
    'An operator adds, changes and removes APIs; a removed one ends at once, as a closed gate does.',
  'vestibule:operator:scopes':
    'An operator adds, changes and removes scopes, also from the APIs that have them.',
  'vestibule:operator:realms': 'An operator adds and renames realms; the issuer never changes.',
  'vestibule:operator:apply':
    'A file is applied after its differences were displayed; a second time nothing is different, written or recorded.',
  'vestibule:operator:apply-prune':
    'What an applied file does not have is kept, unless pruning was asked for.',
} as const;
