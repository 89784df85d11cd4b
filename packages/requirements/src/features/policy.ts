/** The trace of a policy, and candidate policies. */
export const policy = {
  'vestibule:policy:trace':
    'Every rule says whether it kept, narrowed, dropped or refused, with what it was and what it became.',
  'vestibule:policy:stable-ids': 'The rule’s id stands at the end of the description and in the event.',
  'vestibule:policy:metrics': 'Refusals are counted by the same ids.',
  'vestibule:policy:docs':
    'A refusal’s error_uri leads to what the docs say about its rule, and there is such a place for every rule.',
  'vestibule:policy:preview':
    'A preview returns the result of a registration, and stores, counts and records nothing.',
  'vestibule:policy:preview-http': 'An operator’s preview over HTTP is answered with the trace.',
  'vestibule:policy:preview-operators': 'A preview over HTTP without an operator’s token is answered 401.',
  'vestibule:policy:own-rules': 'An operator may put rules of their own behind ours.',
  'vestibule:policy:candidate-changes-nothing':
    'A candidate policy changes no answer, and nothing that is stored.',
  'vestibule:policy:candidate-recorded':
    'What the candidate would have refused is recorded as registration.would-refuse, with the rule.',
  'vestibule:policy:candidate-silent':
    'Of what both refuse, or neither does, the candidate takes nothing down.',
} as const;
