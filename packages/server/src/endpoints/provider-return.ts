import type { Realm } from '@vestibule/core/realm';
import type { PlainHandler, Reply, RequestInfo, PlainRequest } from '@vestibule/http';
import { clientUnderWay } from '../client/client-under-way.ts';
import { idleLifetime } from '../client/idle-lifetime.ts';
import { currentRealm } from '../context/current-realm.ts';
import { expiryWithin } from '../grant/grant-end.ts';
import { refuseInteraction } from '../interaction/refuse-interaction.ts';
import { resumeInteraction } from '../interaction/resume-interaction.ts';
import { problemResponse, seeOther } from '../pages/page-response.ts';
import type { ProviderTokens } from '../provider-tokens/provider-tokens.ts';
import {
  isTripOfBrowser,
  readTripState,
  type ReceivedTripState,
  usedTripKey,
} from '../provider-tokens/trip-state.ts';
import type { ServerContext } from '../server-context.ts';
import { single } from '../web/parameters.ts';
import { interactionPage, pageAt, placeAt, placeOf } from '../web/place.ts';
import {
  allowedNow,
  type ApprovedTrip,
  endTrip,
  grantIdOf,
  otherPersonPage,
  recordTrip,
  tripOf,
} from './provider-trip.ts';

/**
 * Where the browser returns from the provider that issues tokens. It counts only in the browser in which the person approved, for
 * that approval, once, and only if the provider names the same person.
 */
export function createProviderReturnEndpoint(context: ServerContext): PlainHandler {
  const { issuer, pages, replays, grants, providerTokens } = context;

  return async (request, info) => {
    const realm = await currentRealm(context);
    const { searchParams: parameters } = new URL(request.url);
    const given = single(parameters, 'state');
    const state = typeof given === 'string' ? readTripState(given) : undefined;
    if (state === undefined || providerTokens === undefined) {
      return refuseInteraction(context, info, realm, 'sign-in-unknown');
    }
    // With a loopback issuer only the pages below the place of an interaction get its cookies.
    if (placeOf(issuer, request) === undefined) {
      return seeOther(
        `${pageAt(issuer, 'providerReturn', placeAt(issuer, state.id))}?${parameters.toString()}`,
      );
    }
    const trip = await approvedTrip(request, info, realm, state, providerTokens);
    return 'status' in trip ? trip : complete(trip, state, parameters);
  };

  async function approvedTrip(
    request: PlainRequest,
    info: RequestInfo,
    realm: Realm,
    state: ReceivedTripState,
    tokens: ProviderTokens,
  ): Promise<ApprovedTrip | Reply> {
    const bound = await resumeInteraction(context, request, state.id);
    if (!bound.ok) return refuseInteraction(context, info, realm, bound.problem);
    if (!isTripOfBrowser(state, bound.browserSecret)) {
      return refuseInteraction(context, info, realm, 'sign-in-unknown');
    }
    const { decision, request: asked } = bound.interaction;
    if (decision?.kind !== 'approved' || decision.issuedBy !== 'provider') {
      return refuseInteraction(context, info, realm, 'sign-in-unknown');
    }
    const underWay = await clientUnderWay(context, realm, request, asked);
    if (!underWay.ok) return problemResponse(pages, realm, underWay.problem, { app: underWay.app });
    return { realm, info, bound, approval: decision, client: underWay.client, providerTokens: tokens };
  }

  async function complete(
    trip: ApprovedTrip,
    state: ReceivedTripState,
    parameters: URLSearchParams,
  ): Promise<Reply> {
    const { realm, info, bound, approval, client } = trip;
    const { interaction } = bound;
    const again = interactionPage(issuer, 'handBack', interaction.id);
    const { isAllowed, scopes } = await allowedNow(context, trip);
    const grant = await grants.findUnopened(realm.id, grantIdOf(bound));
    // The response page says what has become of the approval.
    if (grant === undefined || !isAllowed || scopes.length === 0) return seeOther(again);
    if ((await replays.note(realm.id, usedTripKey(state), interaction.expiresAt)) !== 'first') {
      return refuseInteraction(context, info, realm, 'sign-in-unknown');
    }
    const { provider } = trip.providerTokens;
    const outcome = await provider.complete(tripOf(context, trip, { scopes, state: state.text }), parameters);
    switch (outcome.kind) {
      case 'unavailable':
        await recordTrip(context, trip, 'provider-unavailable');
        return problemResponse(pages, realm, 'provider-unavailable', { again });
      case 'declined':
        await recordTrip(context, trip, 'provider-declined');
        await endTrip(context, trip);
        return seeOther(again);
      case 'obtained': {
        if (outcome.subject !== approval.subject) {
          await trip.providerTokens.discard(outcome.tokens);
          await recordTrip(context, trip, 'provider-other-person');
          const other = otherPersonPage(issuer, interaction.id);
          return problemResponse(pages, realm, 'provider-other-person', { again: other });
        }
        const lasts = expiryWithin(grant, context.clock(), idleLifetime(client, realm.settings));
        const { refreshToken: _, ...once } = outcome.tokens;
        const tokens = approval.refreshable ? outcome.tokens : once;
        const added = await trip.providerTokens.add(grant.id, tokens, lasts);
        // Another trip for the same approval has returned before.
        if (added === 'conflict') await trip.providerTokens.discard(outcome.tokens);
        return seeOther(again);
      }
    }
  }
}
