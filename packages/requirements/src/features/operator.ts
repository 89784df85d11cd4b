/** What an operator does, and what the audit says of it. */
export const operator = {
  'vestibule:operator:actor':
    'Each act of an operator names an actor; its event has the actor, and what was there before and after.',
} as const;
