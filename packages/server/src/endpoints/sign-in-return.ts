import type { Realm } from '@vestibule/core/realm';
import type { PlainHandler, PlainRequest, Reply, RequestInfo } from '@vestibule/http';
import { clientUnderWay } from '../client/client-under-way.ts';
import type { ServerContext } from '../server-context.ts';
import { currentRealm } from '../context/current-realm.ts';
import { readCookies } from '../web/cookie.ts';
import { single } from '../web/parameters.ts';
import { interactionPage, pageAt, type Place, placeAt, placeOf } from '../web/place.ts';
import { problemResponse, seeOther } from '../pages/page-response.ts';
import { refuseInteraction } from '../interaction/refuse-interaction.ts';
import { resumeInteraction } from '../interaction/resume-interaction.ts';
import { takeTicket } from '../sign-in/finish-sign-in.ts';
import { carryOut, type OpenSignIn } from '../sign-in/open-sign-in.ts';
import { signInForInteraction } from '../sign-in/sign-in-for-interaction.ts';
import { signInForVisit } from '../sign-in/sign-in-for-visit.ts';
import { isOfBrowser, readSignInState, type ReceivedState } from '../sign-in/sign-in-state.ts';
import { visitCookie } from '../sign-in/visit.ts';

/**
 * Where the browser returns from a page elsewhere at which the person signed in. The address is the same for every sign-in, so
 * that it can be registered at an upstream provider; `state` says which sign-in it is.
 */
export function createSignInReturnEndpoint(context: ServerContext): PlainHandler {
  const { issuer, pages, signIn: method } = context;

  return async (request, info) => {
    const realm = await currentRealm(context);
    const { searchParams: parameters } = new URL(request.url);
    const given = single(parameters, 'state');
    const state = typeof given === 'string' ? readSignInState(given) : undefined;
    if (state === undefined) return refuseInteraction(context, info, realm, 'sign-in-unknown');
    const place = placeOf(issuer, request);
    // With a loopback issuer only the pages below the place of a sign-in get its cookies.
    if (place === undefined) {
      return seeOther(
        `${pageAt(issuer, 'signInReturn', placeAt(issuer, state.id))}?${parameters.toString()}`,
      );
    }
    const open =
      state.kind === 'interaction'
        ? await openForInteraction(request, info, realm, state)
        : await openForVisit(request, info, realm, place, state);
    if ('status' in open) return open;
    const ticket = single(parameters, 'ticket');
    const step =
      typeof ticket === 'string'
        ? await takeTicket(context, realm, ticket, state)
        : await method.resume?.(open.signIn, parameters);
    return step === undefined
      ? refuseInteraction(context, info, realm, 'sign-in-unknown')
      : carryOut(context, open, step, state);
  };

  async function openForInteraction(
    request: PlainRequest,
    info: RequestInfo,
    realm: Realm,
    state: ReceivedState,
  ): Promise<OpenSignIn | Reply> {
    const bound = await resumeInteraction(context, request, state.id);
    if (!bound.ok) return refuseInteraction(context, info, realm, bound.problem);
    if (!isOfBrowser(state, bound.browserSecret)) {
      return refuseInteraction(context, info, realm, 'sign-in-unknown');
    }
    const { interaction } = bound;
    if (interaction.decision !== undefined) {
      return seeOther(interactionPage(issuer, 'handBack', interaction.id));
    }
    const underWay = await clientUnderWay(context, realm, request, interaction.request);
    if (!underWay.ok) return problemResponse(pages, realm, underWay.problem, { app: underWay.app });
    return signInForInteraction(context, { realm, request, info }, bound, underWay.client);
  }

  async function openForVisit(
    request: PlainRequest,
    info: RequestInfo,
    realm: Realm,
    place: Place,
    state: ReceivedState,
  ): Promise<OpenSignIn | Reply> {
    const secret = readCookies(request).get(visitCookie(context, place).name);
    if (secret === undefined) return refuseInteraction(context, info, realm, 'other-browser');
    if (!isOfBrowser(state, secret)) {
      return refuseInteraction(context, info, realm, 'sign-in-unknown');
    }
    return signInForVisit(context, { realm, request, info }, place, secret);
  }
}
