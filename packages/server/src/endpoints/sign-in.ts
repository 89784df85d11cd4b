import { equalInConstantTime, type Realm } from '@vestibule/core';
import { allowMethods, type Handler, type RequestInfo } from '@vestibule/http';
import { clientUnderWay } from '../client/client-under-way.ts';
import { markOf } from '../client/client-mark.ts';
import type { ServerContext } from '../server-context.ts';
import { currentRealm } from '../context/current-realm.ts';
import { hasOwnPaths, pageAt, placeAt, interactionPage } from '../web/place.ts';
import { problemResponse, seeOther } from '../pages/page-response.ts';
import type { SignInView } from '../pages/views.ts';
import { currentSession } from '../person/current-session.ts';
import { isRecent } from '../person/is-recent-authentication.ts';
import { readForm } from '../interaction/posted-form.ts';
import { moveInteraction } from '../interaction/move-interaction.ts';
import { refuseInteraction } from '../interaction/refuse-interaction.ts';
import { resumeFromAddress } from '../interaction/resume-interaction.ts';
import type { BoundInteraction } from '../authorization-request/interaction.ts';
import { csrfToken } from '../web/csrf-token.ts';
import type { Interaction } from '../authorization-request/interaction.ts';
import { signInPage } from '../sign-in/sign-in-response.ts';
import { beginSignedIn, signIn } from '../sign-in/judge-sign-in.ts';

/** Where a person says who they are, as part of one interaction. */
export function createSignInEndpoint(context: ServerContext): Handler {
  const { issuer, pages } = context;

  const tokenFor = ({ browserSecret, interaction }: BoundInteraction): Promise<string> =>
    csrfToken(browserSecret, `sign-in:${interaction.id}`);

  async function page(
    request: Request,
    realm: Realm,
    bound: BoundInteraction,
    status: number,
    attempt: Pick<SignInView, 'username' | 'failure'>,
  ): Promise<Response> {
    // A person must not enter a password for a client that gets nothing.
    const underWay = await clientUnderWay(context, realm, request, bound.interaction.request);
    if (!underWay.ok) return problemResponse(pages, realm, underWay.problem, { app: underWay.app });
    const { client } = underWay;
    return signInPage(pages, status, {
      realmName: realm.name,
      clientName: client.name,
      ...(client.nameLanguage !== undefined && { clientLanguage: client.nameLanguage }),
      ...markOf(client),
      ...(await whoIsHere(request, bound.interaction)),
      action: pageAt(issuer, 'signIn', placeAt(issuer, bound.interaction.id)),
      interaction: bound.interaction.id,
      csrf: await tokenFor(bound),
      ...attempt,
    });
  }

  /** Whoever is signed in already may go on, unless the client wants it done again. */
  async function whoIsHere(
    request: Request,
    interaction: Interaction,
  ): Promise<Pick<SignInView, 'goOn' | 'isAgain'>> {
    const session = await currentSession(context, request);
    if (session === undefined) return {};
    if (!isRecent(session.authentication, interaction)) return { isAgain: true };
    const { name } = session.person;
    return { goOn: { name, href: interactionPage(issuer, 'consent', interaction.id) } };
  }

  async function post(request: Request, info: RequestInfo, realm: Realm): Promise<Response> {
    const form = await readForm(context, request);
    if (!form.ok) return refuseInteraction(context, info, realm, form.problem);
    if (!equalInConstantTime(form.fields.get('csrf') ?? '', await tokenFor(form))) {
      return refuseInteraction(context, info, realm, 'form-stale');
    }
    const { interaction } = form;
    if (hasOwnPaths(issuer) && interaction.decision !== undefined) {
      return seeOther(interactionPage(issuer, 'handBack', interaction.id));
    }
    const outcome = await signIn(context, realm, request, info, form.fields);
    if (!outcome.ok) return page(request, realm, form, outcome.status, outcome.view);
    const { id, lifetime, cookies } = await moveInteraction(context, realm, interaction);
    const place = placeAt(issuer, id);
    const signedIn = await beginSignedIn(context, realm, request, outcome, place, lifetime);
    return seeOther(interactionPage(issuer, 'consent', id), [...cookies, ...signedIn]);
  }

  return allowMethods(['GET', 'POST'], async (request, info) => {
    const realm = await currentRealm(context);
    if (request.method === 'POST') return post(request, info, realm);
    const resumed = await resumeFromAddress(context, request);
    if (!resumed.ok) return refuseInteraction(context, info, realm, resumed.problem);
    const hint = resumed.interaction.request.interaction?.loginHint;
    return page(request, realm, resumed, 200, hint === undefined ? {} : { username: hint });
  });
}
