/** The operator who acts in tests. */
export const ACTOR = { kind: 'cli', id: 'ada' } as const;
