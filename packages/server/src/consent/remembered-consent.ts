import { parseRedirectUri, sameResource } from '@vestibule/core';
import type { LocalizedClient } from '../client/localized-client.ts';
import type { Grant } from '../records/grant.ts';
import type { AuthorizationRequest } from '../authorization-request/interaction.ts';

/** What a person allowed before, and all that is asked for now. */
export interface RememberedConsent {
  /** When what they allowed is to end. Absent: when they revoke it. */
  readonly endsAt?: Grant['endsAt'];
  /** What they saw of the client when they last allowed it: nothing is displayed now. */
  readonly displayed?: Grant['displayed'];
}

/**
 * Whether what a person allows a client may be remembered: an operator said so, and no other program can take the client's
 * place, because it authenticates or is reached at a website. A client that introduced itself is never remembered.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8252#section-8.6 RFC 8252 §8.6}
 */
export const isRememberable = (
  { preregistration }: Pick<LocalizedClient, 'preregistration'>,
  redirectUri: string,
): boolean =>
  preregistration?.rememberConsent === true &&
  (preregistration.authentication.method !== 'none' || isHttps(redirectUri));

/**
 * What a person allowed before, where they need not be asked again: one living grant holds everything that is asked for,
 * and the client does not want them to be asked. What it opens ends when that does.
 */
export function rememberedConsent(
  client: Pick<LocalizedClient, 'preregistration'>,
  { redirectUri, resource, interaction }: AuthorizationRequest,
  scopes: readonly string[],
  grants: readonly Pick<Grant, 'resource' | 'scopes' | 'endsAt' | 'displayed'>[],
): RememberedConsent | undefined {
  if (!isRememberable(client, redirectUri) || interaction?.prompts.includes('consent') === true) {
    return undefined;
  }
  const covering = grants.filter(
    (grant) => sameResource(grant.resource, resource) && scopes.every((name) => grant.scopes.includes(name)),
  );
  if (covering.length === 0) return undefined;
  const endsAt = Math.max(...covering.map((grant) => grant.endsAt ?? Infinity));
  const displayed = covering.findLast((grant) => grant.displayed !== undefined)?.displayed;
  return { ...(endsAt !== Infinity && { endsAt }), ...(displayed !== undefined && { displayed }) };
}

function isHttps(redirectUri: string): boolean {
  const parsed = parseRedirectUri(redirectUri);
  return parsed.ok && parsed.uri.kind === 'https';
}
