import {
  type Client,
  isSelfRegistered,
  parseRedirectUri,
  passesResponsesOn,
  sameResource,
  type Vendor,
} from '@vestibule/core';
import { isPublic } from '../client/is-public.ts';
import type { Grant } from '../records/grant.ts';
import type { AuthorizationRequest } from '../authorization-request/interaction.ts';

/** What a person allowed before, which includes everything that is requested now. */
export interface RememberedConsent {
  /** When that access ends. Absent: when they revoke it. */
  readonly endsAt?: Grant['endsAt'];
  /** What they saw of the client when they last allowed it: no page is displayed now. */
  readonly displayed?: Grant['displayed'];
}

/**
 * Whether consent for a client can be remembered: an operator allowed it, and no other program can impersonate the client,
 * because it authenticates or has a website as its redirect URI that passes no responses on. Consent for dynamic clients is never
 * remembered.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8252#section-8.6 RFC 8252 §8.6}
 */
export const isRememberable = (client: Client, redirectUri: string, vendors: readonly Vendor[]): boolean =>
  !isSelfRegistered(client) &&
  client.terms.rememberConsent &&
  (!isPublic(client) || isWebsite(redirectUri, vendors));

/**
 * The remembered consent that makes asking unnecessary: one living grant contains everything that is requested, and the
 * client does not request to ask. The new grant ends when that one does.
 */
export function rememberedConsent(
  client: Client,
  { redirectUri, resource, interaction }: AuthorizationRequest,
  scopes: readonly string[],
  grants: readonly Pick<Grant, 'resource' | 'scopes' | 'endsAt' | 'displayed'>[],
  vendors: readonly Vendor[],
): RememberedConsent | undefined {
  if (!isRememberable(client, redirectUri, vendors) || interaction?.prompts.includes('consent') === true) {
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

/** Whether the response goes to a website, and to no program behind it. */
function isWebsite(redirectUri: string, vendors: readonly Vendor[]): boolean {
  const parsed = parseRedirectUri(redirectUri);
  return parsed.ok && parsed.uri.kind === 'https' && !passesResponsesOn(parsed.uri.host, vendors);
}
