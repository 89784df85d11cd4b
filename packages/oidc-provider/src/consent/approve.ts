import type { Instant, Seconds } from '@vestibule/core';
import type { AuditEvent } from '@vestibule/core/audit';
import type { GrantDuration } from '@vestibule/core/realm';
import type { Grant, Interaction, Provider } from 'oidc-provider';
import type { ConsentCase } from './consent-facts.ts';

/** How long a grant is stored if the person chose no end, in seconds: then they are asked again in any case. */
const UNTIL_REVOKED: Seconds = 365 * 86_400;

/** What a person chose on the page. */
export interface Choice {
  /** Of the displayed scopes. */
  readonly scopes: readonly string[];
  readonly duration: GrantDuration;
}

/** How long a grant is stored, in seconds. */
export const lifetimeOf = (duration: GrantDuration): Seconds =>
  duration === 'until-revoked' ? UNTIL_REVOKED : duration;

/**
 * Stores what a person approved as a new grant of oidc-provider. Whatever else was requested is rejected in it, claims included, so that
 * oidc-provider neither asks for it again nor grants it.
 *
 * @returns the id of the grant
 */
export async function storeGrant(
  provider: Provider,
  interaction: Interaction,
  { facts, resource }: Pick<ConsentCase, 'facts' | 'resource'>,
  { scopes, duration }: Choice,
): Promise<string> {
  const { params, prompt } = interaction;
  const terms = {
    accountId: facts.person.subject,
    clientId: String(params['client_id']),
    expiresIn: lifetimeOf(duration),
  };
  const grant: Grant = new provider.Grant(terms);
  const displayed = facts.scopes.map(({ name }) => name);
  const rejected = displayed.filter((name) => !scopes.includes(name));
  grant.addResourceScope(resource, [...scopes]);
  if (rejected.length > 0) grant.rejectResourceScope(resource, rejected);

  const ofProvider = textsOf(prompt.details['missingOIDCScope']);
  const granted = ofProvider.filter((name) => scopes.includes(name));
  const refused = ofProvider.filter((name) => !scopes.includes(name));
  if (granted.length > 0) grant.addOIDCScope(granted);
  if (refused.length > 0) grant.rejectOIDCScope(refused);
  const claims = textsOf(prompt.details['missingOIDCClaims']);
  if (claims.length > 0) grant.rejectOIDCClaims(claims);
  return grant.save();
}

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

/** The event of a decision. */
export const consentEvent = (
  { allowed, facts }: ConsentCase,
  {
    at,
    ip,
    scopes,
    grantId,
  }: {
    readonly at: Instant;
    readonly ip: string;
    readonly scopes: readonly string[];
    readonly grantId?: string;
  },
): AuditEvent => {
  const shared = {
    realm: allowed.realm.id,
    at,
    ip,
    clientId: allowed.client.id,
    subject: facts.person.subject,
    resource: facts.api.resource,
    scopes,
  };
  return grantId === undefined
    ? { type: 'consent.denied', ...shared }
    : { type: 'consent.approved', ...shared, grantId, clientName: facts.client.name };
};
