import { equalInConstantTime, type Instant, type Milliseconds } from '@vestibule/core';
import { csrfToken } from './csrf-token.ts';

/** The result for a form. `too-soon`: a person cannot have read its page by then. */
export type FormVerdict = 'good' | 'too-soon' | 'stale';

/** The form and the browser that its token is bound to. */
interface TimedForm {
  readonly browserSecret: string;
  /** The purpose of the form, with everything that its page displays. */
  readonly purpose: string;
}

/**
 * The token of a one-click form. It contains the time from which the form is accepted, and is bound to it: a page that an
 * attacker opens under a person's pointer is not submitted by the click that was meant for another page.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.16 RFC 9700 §4.16}
 */
export function timedToken({ browserSecret, purpose }: TimedForm, countsFrom: Instant): string {
  const moment = countsFrom.toString(36);
  return `${moment}.${csrfToken(browserSecret, `${purpose}:${moment}`)}`;
}

/** Checks the token of a posted form. */
export function judgeTimedToken(form: TimedForm, token: string | null, now: Instant): FormVerdict {
  const [moment = ''] = (token ?? '').split('.', 1);
  const from = Number.parseInt(moment, 36);
  if (!equalInConstantTime(token ?? '', timedToken(form, from))) return 'stale';
  return now < from ? 'too-soon' : 'good';
}

/**
 * The time from which the form of a page that is displayed now is accepted. A page that is displayed again after an early
 * form is accepted at once: the person has been told, and its buttons appear late again.
 */
export const countsFrom = (now: Instant, readingTime: Milliseconds, isAgain: boolean): Instant =>
  isAgain ? now : now + readingTime;
