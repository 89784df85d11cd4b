import type { Fixture } from '../fixture/fixture.ts';
import type { Answer } from '../registration/register.ts';

/** One check of the response to a registration. */
export interface AnswerCheck {
  /** Stable: `answer.redirect-uris`. */
  readonly id: string;
  /** What must hold, as a sentence. */
  readonly title: string;
  /** The problem, as a sentence; undefined if the check passes. */
  problem(answer: Answer, fixture: Fixture): string | undefined;
}

/** The value of a member as a list of strings; undefined if it is anything else. */
export function listOf(answer: Answer, member: string): readonly string[] | undefined {
  const value = answer[member];
  return isListOfTexts(value) ? value : undefined;
}

export const isListOfTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');
