import { equalInConstantTime } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import type { PlainHandler, PlainRequest, Reply, RequestInfo } from '@vestibule/http';
import { clientUnderWay } from '../client/client-under-way.ts';
import type { ServerContext } from '../server-context.ts';
import { currentRealm } from '../context/current-realm.ts';
import { LOGIN_REQUIRED } from '../errors/authorization-error.ts';
import { hasOwnPaths, interactionPage } from '../web/place.ts';
import { problemResponse, seeOther } from '../pages/page-response.ts';
import { decideRefused } from '../interaction/decide-refused.ts';
import { readForm } from '../interaction/posted-form.ts';
import { refuseInteraction } from '../interaction/refuse-interaction.ts';
import { resumeFromAddress } from '../interaction/resume-interaction.ts';
import type { BoundInteraction } from '../authorization-request/interaction.ts';
import { carryOut, isRecentEnough, type OpenSignIn } from '../sign-in/open-sign-in.ts';
import { signInForInteraction, signInToken } from '../sign-in/sign-in-for-interaction.ts';

/** Where a person signs in, as part of one interaction, by the method that the server was given. */
export function createSignInEndpoint(context: ServerContext): PlainHandler {
  const { issuer, pages, signIn: method } = context;

  async function post(request: PlainRequest, info: RequestInfo, realm: Realm): Promise<Reply> {
    const form = await readForm(context, request);
    if (!form.ok) return refuseInteraction(context, info, realm, form.problem);
    if (!equalInConstantTime(form.fields.get('csrf') ?? '', signInToken(form))) {
      return refuseInteraction(context, info, realm, 'form-stale');
    }
    const { interaction } = form;
    if (hasOwnPaths(issuer) && interaction.decision !== undefined) {
      return seeOther(interactionPage(issuer, 'handBack', interaction.id));
    }
    if (method.submit === undefined) return problemResponse(pages, realm, 'form-unreadable');
    const open = await opened(request, info, realm, form);
    if ('status' in open) return open;
    return carryOut(context, open, await method.submit(open.signIn, form.fields));
  }

  async function begin(
    request: PlainRequest,
    info: RequestInfo,
    realm: Realm,
    bound: BoundInteraction,
  ): Promise<Reply> {
    const open = await opened(request, info, realm, bound);
    if ('status' in open) return open;
    const step = await method.begin(open.signIn);
    const isSilent = bound.interaction.request.interaction?.prompts.includes('none') === true;
    const isDone = step.kind === 'authenticated' && isRecentEnough(open, step);
    // The client wants no page: without a session that exists already the person cannot be signed in.
    if (isSilent && !isDone) return decideRefused(context, info, bound.interaction, LOGIN_REQUIRED);
    return carryOut(context, open, step);
  }

  /** A person must not enter a password for a client that gets nothing: then the response says why. */
  async function opened(
    request: PlainRequest,
    info: RequestInfo,
    realm: Realm,
    bound: BoundInteraction,
  ): Promise<OpenSignIn | Reply> {
    const underWay = await clientUnderWay(context, realm, request, bound.interaction.request);
    if (!underWay.ok) return problemResponse(pages, realm, underWay.problem, { app: underWay.app });
    return signInForInteraction(context, { realm, request, info }, bound, underWay.client);
  }

  return async (request, info) => {
    const realm = await currentRealm(context);
    if (request.method === 'POST') return post(request, info, realm);
    const resumed = await resumeFromAddress(context, request);
    return resumed.ok
      ? begin(request, info, realm, resumed)
      : refuseInteraction(context, info, realm, resumed.problem);
  };
}
