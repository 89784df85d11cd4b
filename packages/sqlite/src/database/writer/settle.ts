import { explained } from '../advice.ts';
import type { CallOutcome } from './writer.ts';

/** The two ways in which a call ends for its caller. */
export interface Waiting {
  /** Of the result type of the operation, which is unknown where the outcome is passed on. */
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** Resolves or rejects a call with its outcome. */
export function settle(path: string, waiting: Waiting, outcome: CallOutcome): void {
  if (outcome.ok) return waiting.resolve(outcome.value);
  const { message, code } = outcome;
  waiting.reject(explained(path, Object.assign(new Error(message), code !== undefined && { code })));
}
