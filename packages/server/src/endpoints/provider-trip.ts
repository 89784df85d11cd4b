import { allowsPerson, askGates } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import type { Reply, RequestInfo } from '@vestibule/http';
import type { BoundInteraction, Decision } from '../authorization-request/interaction.ts';
import type { ClientUnderWay } from '../client/client-under-way.ts';
import { commitRecorded } from '../context/commit-recorded.ts';
import { eventOf, record } from '../context/record.ts';
import { codeFor, grantIdFor } from '../grant/code.ts';
import { endingOf } from '../grant/end-grant.ts';
import { membershipsFor } from '../person/memberships-for.ts';
import { problemResponse, seeProvider } from '../pages/page-response.ts';
import type { ProviderTokens } from '../provider-tokens/provider-tokens.ts';
import type { SealedContents } from '../provider-tokens/seal-tokens.ts';
import type { TokenTrip } from '../provider-tokens/token-provider.ts';
import { tripSecret, tripState } from '../provider-tokens/trip-state.ts';
import type { Grant } from '../records/grant.ts';
import type { ServerContext } from '../server-context.ts';
import { PATHS } from '../web/paths.ts';
import { interactionPage } from '../web/place.ts';

type Approval = Decision & { readonly kind: 'approved' };
type Client = Extract<ClientUnderWay, { readonly ok: true }>['client'];

/** A trip to the provider for what a person approved in this browser. */
export interface ApprovedTrip {
  readonly realm: Realm;
  readonly info: RequestInfo;
  readonly bound: BoundInteraction;
  readonly approval: Approval;
  readonly client: Client;
  readonly providerTokens: ProviderTokens;
}

/** The grant of an approved interaction. */
export const grantIdOf = ({ browserSecret, interaction }: BoundInteraction): Grant['id'] =>
  grantIdFor(codeFor(browserSecret, interaction.id));

/** What to do for an approval whose tokens come from the provider. */
export type TripStep =
  /** They were obtained: the code can be issued. */
  | { readonly kind: 'obtained'; readonly tokens: SealedContents }
  /** The grant has ended, because the provider or another party ended it. */
  | { readonly kind: 'ended' }
  /** The person is in no group any more that the API allows. */
  | { readonly kind: 'not-allowed' }
  | { readonly kind: 'page'; readonly page: Reply };

/**
 * Continues an approval: with the tokens that were obtained, or with a trip to the provider. No trip begins before the approval is
 * stored, because the provider may have remembered its own consent for the one client that it knows.
 *
 * @see {@link https://modelcontextprotocol.io/docs/tutorials/security/security_best_practices#confused-deputy-problem MCP, confused deputy}
 */
export async function continueTrip(
  context: ServerContext,
  trip: ApprovedTrip,
  wantsOtherPerson: boolean,
): Promise<TripStep> {
  const { realm, bound, providerTokens } = trip;
  const grantId = grantIdOf(bound);
  const tokens = await providerTokens.find(grantId);
  if (tokens !== undefined) return { kind: 'obtained', tokens };
  const grant = await context.grants.findUnopened(realm.id, grantId);
  if (grant === undefined) return { kind: 'ended' };
  const { isAllowed, scopes } = await allowedNow(context, trip);
  if (!isAllowed) return { kind: 'not-allowed' };
  if (scopes.length === 0) {
    await endTrip(context, trip);
    return { kind: 'ended' };
  }
  return { kind: 'page', page: await beginTrip(context, trip, scopes, wantsOtherPerson) };
}

/** Begins a trip. Its scopes are those that the person approved and the gates allow now. */
async function beginTrip(
  context: ServerContext,
  trip: ApprovedTrip,
  scopes: readonly string[],
  wantsOtherPerson: boolean,
): Promise<Reply> {
  const { issuer, pages, generateToken } = context;
  const { realm, bound, providerTokens } = trip;
  const { interaction, browserSecret } = bound;
  const state = tripState(browserSecret, interaction.id, generateToken());
  const begun = await providerTokens.provider.begin(
    tripOf(context, trip, { scopes, state, wantsOtherPerson }),
  );
  return begun.kind === 'redirect'
    ? seeProvider(pages, realm, providerTokens.provider.name, begun.location)
    : problemResponse(pages, realm, 'provider-unavailable', {
        again: interactionPage(issuer, 'handBack', interaction.id),
      });
}

/** A trip as the provider sees it. */
export function tripOf(
  { issuer, clock }: Pick<ServerContext, 'issuer' | 'clock'>,
  { bound, approval }: ApprovedTrip,
  { scopes, state, wantsOtherPerson = false }: Pick<TokenTrip, 'scopes' | 'state'> & Partial<TokenTrip>,
): TokenTrip {
  const { interaction, browserSecret } = bound;
  return {
    resource: interaction.request.resource,
    scopes,
    refreshable: approval.refreshable,
    returnTo: `${issuer}${PATHS.providerReturn}`,
    state,
    secretFor: (purpose, of) => tripSecret(browserSecret, purpose, of),
    wantsOtherPerson,
    clock,
  };
}

/** The authorization response page, from where a trip begins again with another account at the provider. */
export function otherPersonPage(issuer: string, id: string): string {
  const page = interactionPage(issuer, 'handBack', id);
  return `${page}${page.includes('?') ? '&' : '?'}switch=true`;
}

/** What of an approval is allowed at this moment. */
interface AllowedNow {
  /** Whether the person may still let apps use the API. */
  readonly isAllowed: boolean;
  /** The approved scopes that the gates allow. */
  readonly scopes: readonly string[];
}

/** Asks the gates and the groups of the person again: the provider issues nothing that the code exchange would refuse. */
export async function allowedNow(
  context: ServerContext,
  { realm, client, bound, approval }: ApprovedTrip,
): Promise<AllowedNow> {
  const { resource } = bound.interaction.request;
  const gates = askGates({ realm, client, resource, requested: approval.scopes });
  if (!gates.open) return { isAllowed: true, scopes: [] };
  const memberships = await membershipsFor(context, realm, resource, approval.subject);
  return { isAllowed: allowsPerson(gates.api, memberships), scopes: gates.scopes };
}

/** Ends the grant of an approval that the provider refused, so that the client gets an error. */
export async function endTrip(context: ServerContext, { info, realm, bound }: ApprovedTrip): Promise<void> {
  const grant = await context.grants.findUnopened(realm.id, grantIdOf(bound));
  if (grant === undefined) return;
  const { id: grantId, clientId } = grant;
  await commitRecorded(context, endingOf({ ...grant, isUnopened: true }, context.clock()), [
    eventOf(context, info, { type: 'grant.ended', grantId, clientId, reason: 'provider' }),
  ]);
}

/** Records why a trip obtained nothing. */
export const recordTrip = (
  context: ServerContext,
  { info, bound }: Pick<ApprovedTrip, 'info' | 'bound'>,
  error: string,
): Promise<void> =>
  record(context, info, {
    type: 'authorization.refused',
    clientId: bound.interaction.request.clientId,
    error,
  });
