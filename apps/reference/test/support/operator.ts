import type { Actor } from '@vestibule/core';

/** The operator of the tests. */
export const ACTOR: Actor = { kind: 'cli', id: 'ada' };
