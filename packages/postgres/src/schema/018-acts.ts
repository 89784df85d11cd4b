import { CHANGE_ACTS } from './018-acts/change-acts.ts';
import { makeChange } from './015-commit/change-others.ts';

/** Operators' acts, sessions, revocations and keys are committed with their events. Nodes that do not know the functions do not call them. */
export const ACTS: string = CHANGE_ACTS + makeChange();
