import { equalInConstantTime, type Instant, type Milliseconds } from '@vestibule/core';
import { sha256 } from '@vestibule/http';
import type { ConsentFacts } from './consent-facts.ts';

/** What became of a form: nothing on the page has changed since, or something has, or it came sooner than a person can read. */
export type FormVerdict = 'good' | 'stale' | 'too-soon';

/**
 * The token of a consent form: when the page was displayed, and a hash of everything that it displays. It is no secret, and does not have
 * to be: a form is accepted only with the cookie of its interaction, and at the unguessable address of it.
 */
export const formToken = (uid: string, facts: ConsentFacts, at: Instant): string =>
  `${at}.${digest(uid, facts, at)}`;

/** Judges the token of a form that was sent. */
export function judgeForm(
  token: string,
  {
    uid,
    facts,
    now,
    minimum,
  }: {
    readonly uid: string;
    readonly facts: ConsentFacts;
    readonly now: Instant;
    readonly minimum: Milliseconds;
  },
): FormVerdict {
  const [displayed = '', given = ''] = token.split('.');
  const at = Number(displayed);
  const isTime = Number.isSafeInteger(at) && at <= now;
  if (!isTime || !equalInConstantTime(given, digest(uid, facts, at))) return 'stale';
  return now - at < minimum ? 'too-soon' : 'good';
}

const digest = (uid: string, facts: ConsentFacts, at: Instant): string =>
  sha256(JSON.stringify([uid, at, facts]));
