import { canonicalLanguage, quote, type Seconds } from '@vestibule/core';
import type { AuthorizationError } from '../errors/authorization-error.ts';

/**
 * What a client may ask for before its answer.
 *
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest OIDC Core §3.1.2.1}
 */
export const PROMPTS = ['none', 'login', 'consent', 'select_account'] as const;
export type Prompt = (typeof PROMPTS)[number];

/** How a client wants the person to be met. */
export interface RequestedInteraction {
  readonly prompts: readonly Prompt[];
  /** How long before this request the person may have signed in. 0: they have to sign in for it. */
  readonly maxAge?: Seconds;
  /** Who the client thinks it is. A stranger's text. */
  readonly loginHint?: string;
  /** What the person reads, as the client says: BCP 47 tags, the best first. */
  readonly languages?: readonly string[];
}

/** The longest hint that is of use: a longer name is nobody's. */
const MAX_HINT_LENGTH = 256;

/** Nobody reads more languages than this; whoever names more is not choosing one. */
const MAX_LANGUAGES = 10;

const SECONDS = /^\d{1,9}$/;
/** What usernames and addresses are made of. A hint with a space would be a sentence of a stranger's on our page. */
const USERNAME = /^[\p{L}\p{M}\p{N}._%+@~:/!#$&'*=?^`{|}-]*$/u;

/** Reads what concerns the person. A hint that is of no use is left out; what would change the answer is refused. */
export function readRequestedInteraction(
  value: (name: string) => string | undefined,
): RequestedInteraction | AuthorizationError {
  const words = (value('prompt') ?? '').split(' ').filter((word) => word !== '');
  const prompts = PROMPTS.filter((prompt) => words.includes(prompt));
  const unknown = words.find((word) => !prompts.some((prompt) => prompt === word));
  if (unknown !== undefined) {
    return refuse(`prompt ${quote(unknown)} is not known; there is ${PROMPTS.join(', ')}`);
  }
  if (prompts.includes('none') && prompts.length > 1) return refuse('prompt none must stand alone');
  const maxAge = value('max_age');
  if (maxAge !== undefined && !SECONDS.test(maxAge)) {
    return refuse('max_age must be a whole number of seconds');
  }
  const seconds = prompts.includes('login') ? 0 : maxAge && Number(maxAge);
  const hint = value('login_hint') ?? '';
  const isUseful = hint !== '' && hint.length <= MAX_HINT_LENGTH && USERNAME.test(hint);
  const languages = (value('ui_locales') ?? '').split(' ', MAX_LANGUAGES).flatMap((tag) => {
    const language = canonicalLanguage(tag);
    return language === undefined ? [] : [language];
  });
  return {
    prompts,
    ...(typeof seconds === 'number' && { maxAge: seconds }),
    ...(isUseful && { loginHint: hint }),
    ...(languages.length > 0 && { languages }),
  };
}

const refuse = (description: string): AuthorizationError => ({ error: 'invalid_request', description });
