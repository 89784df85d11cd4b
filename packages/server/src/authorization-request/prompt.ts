import { canonicalLanguage, quote, type Seconds } from '@vestibule/core';
import type { AuthorizationError } from '../errors/authorization-error.ts';

/**
 * The values of `prompt`.
 *
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest OIDC Core §3.1.2.1}
 */
export const PROMPTS = ['none', 'login', 'consent', 'select_account'] as const;
export type Prompt = (typeof PROMPTS)[number];

/** What a client requests for the sign-in and the pages. */
export interface RequestedInteraction {
  readonly prompts: readonly Prompt[];
  /** How long before this request the person may have signed in, in seconds. 0: a new sign-in is required. */
  readonly maxAge?: Seconds;
  /** The client's guess of the username. Chosen by the client. */
  readonly loginHint?: string;
  /** The languages of the person according to the client: BCP 47 tags in order of preference. */
  readonly languages?: readonly string[];
}

/** The longest hint; a username is shorter. */
const MAX_HINT_LENGTH = 256;

/** The largest number of languages. More are ignored. */
const MAX_LANGUAGES = 10;

const SECONDS = /^\d{1,9}$/;
/** The characters of usernames and e-mail addresses. A hint with spaces could be a sentence of the client on our page. */
const USERNAME = /^[\p{L}\p{M}\p{N}._%+@~:/!#$&'*=?^`{|}-]*$/u;

/**
 * Reads the parameters about the person. An unusable hint is ignored; an invalid parameter that affects the response is
 * refused.
 */
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
