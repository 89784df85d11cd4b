import type { Instant } from '@vestibule/core';
import type { SignIn } from '@vestibule/server';
import type { UpstreamSettings } from './options.ts';

/** Hints come from the client, and stand in a URL. */
const MAX_HINT_LENGTH = 256;
const MAX_LANGUAGES = 8;

/** What is asked of a sign-in, as far as the provider has to know it. */
export type Asked = Pick<SignIn, 'returnTo' | 'state' | 'interaction' | 'wantsOtherPerson'>;

/** The settings that a request depends on. */
type RequestSettings = Pick<UpstreamSettings, 'scopes' | 'parameters' | 'promptForOther' | 'promptForNew'>;

/**
 * The parameters of the authorization request to the provider. What the client asked of its own authorization does not reach the
 * provider, except how recent the sign-in has to be, and hints for its login page.
 *
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest OIDC Core §3.1.2.1}
 */
export function authorizationParameters(
  { returnTo, state, interaction, wantsOtherPerson }: Asked,
  { scopes, parameters, promptForOther, promptForNew }: RequestSettings,
  proof: { readonly nonce: string; readonly challenge: string },
  now: Instant,
): Record<string, string> {
  const { prompts = [], loginHint, languages, authenticatedSince } = interaction ?? {};
  const prompt = prompts.includes('login') ? promptForNew : wantsOtherPerson ? promptForOther : undefined;
  return {
    ...parameters,
    ...(prompt !== undefined && { prompt }),
    ...(authenticatedSince !== undefined && { max_age: String(maxAge(authenticatedSince, now)) }),
    ...(loginHint !== undefined && !wantsOtherPerson && { login_hint: loginHint.slice(0, MAX_HINT_LENGTH) }),
    ...(languages !== undefined && { ui_locales: languages.slice(0, MAX_LANGUAGES).join(' ') }),
    scope: scopes.join(' '),
    redirect_uri: returnTo,
    state,
    nonce: proof.nonce,
    code_challenge: proof.challenge,
    code_challenge_method: 'S256',
  };
}

/** In seconds, rounded down: rather one sign-in too many. */
const maxAge = (since: Instant, now: Instant): number => Math.max(0, Math.floor((now - since) / 1_000));
