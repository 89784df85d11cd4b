import type { Fixture } from '../fixture/fixture.ts';
import type { Answer } from '../registration/register.ts';

/** One thing that must hold of what a registration is answered. */
export interface AnswerCheck {
  /** Stable: `answer.redirect-uris`. */
  readonly id: string;
  /** What must hold, as a sentence. */
  readonly title: string;
  /** What does not hold, as a sentence; undefined where all is well. */
  problem(answer: Answer, fixture: Fixture): string | undefined;
}

/** The list of texts that a member is; undefined where it is anything else. */
export function listOf(answer: Answer, member: string): readonly string[] | undefined {
  const value = answer[member];
  return isListOfTexts(value) ? value : undefined;
}

export const isListOfTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');
