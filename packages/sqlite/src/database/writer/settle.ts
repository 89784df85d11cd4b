import { explained } from '../problems.ts';
import type { CallOutcome } from './writer.ts';

/** The two ways in which a call ends for whoever made it. */
export interface Waiting {
  /** Of the type that the operation gives, which whoever passes the outcome on does not know. */
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** Tells whoever made a call what came of it. */
export function settle(path: string, waiting: Waiting, outcome: CallOutcome): void {
  if (outcome.ok) return waiting.resolve(outcome.value);
  const { message, code } = outcome;
  waiting.reject(explained(path, Object.assign(new Error(message), code !== undefined && { code })));
}
