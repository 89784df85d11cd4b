import { equalInConstantTime, type Instant, type Milliseconds } from '@vestibule/core';
import { csrfToken } from './csrf-token.ts';

/** What becomes of a form: `too-soon` is one whose page nobody can have read by then. */
export type FormVerdict = 'good' | 'too-soon' | 'stale';

/** The form and the browser that its token is bound to. */
interface TimedForm {
  readonly browserSecret: string;
  /** What the form is for, with everything that its page displays. */
  readonly purpose: string;
}

/**
 * The token of a form that takes one click. It names the moment from which an answer counts, and is bound to that moment:
 * a page that a stranger puts under somebody's pointer cannot be answered by the click that was meant for another page.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.16 RFC 9700 §4.16}
 */
export async function timedToken(
  { browserSecret, purpose }: TimedForm,
  countsFrom: Instant,
): Promise<string> {
  const moment = countsFrom.toString(36);
  return `${moment}.${await csrfToken(browserSecret, `${purpose}:${moment}`)}`;
}

/** Judges the token that a form came with. */
export async function judgeTimedToken(
  form: TimedForm,
  token: string | null,
  now: Instant,
): Promise<FormVerdict> {
  const [moment = ''] = (token ?? '').split('.', 1);
  const from = Number.parseInt(moment, 36);
  if (!equalInConstantTime(token ?? '', await timedToken(form, from))) return 'stale';
  return now < from ? 'too-soon' : 'good';
}

/**
 * From when on an answer to a page counts that is displayed now. What was answered too soon is displayed again, and then
 * counts at once: the person has been told, and the page itself brings its buttons in late again.
 */
export const countsFrom = (now: Instant, readingTime: Milliseconds, isAgain: boolean): Instant =>
  isAgain ? now : now + readingTime;
