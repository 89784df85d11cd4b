import { equalInConstantTime, type Realm } from '@vestibule/core';
import { allowMethods, type Handler, type RequestInfo } from '@vestibule/http';
import { knownClient } from '../client/known-client.ts';
import { markOf } from '../client/client-mark.ts';
import { shownTo } from '../client/shown-client.ts';
import { problemOf, standingUnderWay } from '../client/client-standing.ts';
import type { ServerContext } from '../server-context.ts';
import { currentRealm } from '../context/current-realm.ts';
import { hasOwnPaths, pageAt, placeAt, transactionPage } from '../web/place.ts';
import { problemResponse, seeOther } from '../pages/page-response.ts';
import type { SignInView } from '../pages/views.ts';
import { currentSession } from '../person/current-session.ts';
import { isRecent } from '../person/is-recent-authentication.ts';
import { readForm } from '../interaction/posted-form.ts';
import { moveOn } from '../interaction/move-interaction.ts';
import { refuseTransaction } from '../interaction/refuse-interaction.ts';
import { resumeFromAddress } from '../interaction/resume-interaction.ts';
import type { BoundTransaction } from '../authorization-request/interaction.ts';
import { csrfToken } from '../web/csrf-token.ts';
import type { Transaction } from '../authorization-request/interaction.ts';
import { signInPage } from '../sign-in/sign-in-response.ts';
import { beginSignedIn, signIn } from '../sign-in/judge-sign-in.ts';

/** Where a person says who they are, as part of one transaction. */
export function createSignInEndpoint(context: ServerContext): Handler {
  const { issuer, clients, pages, clock } = context;

  const tokenFor = ({ browserSecret, transaction }: BoundTransaction): Promise<string> =>
    csrfToken(browserSecret, `sign-in:${transaction.id}`);

  async function page(
    request: Request,
    realm: Realm,
    bound: BoundTransaction,
    status: number,
    attempt: Pick<SignInView, 'username' | 'failure'>,
  ): Promise<Response> {
    const { clientId, redirectUri, interaction } = bound.transaction.request;
    const client = await knownClient(context, clientId);
    if (client === undefined) {
      return problemResponse(pages, realm, 'client-unknown', { app: { redirectUri } });
    }
    // Nobody is to type a password in for a client that gets nothing.
    const problem = problemOf(standingUnderWay(client, realm, clients, clock()));
    if (problem !== undefined) {
      return problemResponse(pages, realm, problem, { app: { name: client.name, redirectUri } });
    }
    const shown = shownTo(request, realm, client, interaction?.languages);
    return signInPage(pages, status, {
      realmName: realm.name,
      clientName: shown.name,
      ...(shown.nameLanguage !== undefined && { clientLanguage: shown.nameLanguage }),
      ...markOf(shown),
      ...(await whoIsHere(request, bound.transaction)),
      action: pageAt(issuer, 'signIn', placeAt(issuer, bound.transaction.id)),
      transaction: bound.transaction.id,
      csrf: await tokenFor(bound),
      ...attempt,
    });
  }

  /** Whoever is signed in already may go on, unless the client wants it done again. */
  async function whoIsHere(
    request: Request,
    transaction: Transaction,
  ): Promise<Pick<SignInView, 'goOn' | 'isAgain'>> {
    const session = await currentSession(context, request);
    if (session === undefined) return {};
    if (!isRecent(session.authentication, transaction)) return { isAgain: true };
    const { name } = session.person;
    return { goOn: { name, href: transactionPage(issuer, 'consent', transaction.id) } };
  }

  async function post(request: Request, info: RequestInfo, realm: Realm): Promise<Response> {
    const form = await readForm(context, request);
    if (!form.ok) return refuseTransaction(context, info, realm, form.problem);
    if (!equalInConstantTime(form.fields.get('csrf') ?? '', await tokenFor(form))) {
      return refuseTransaction(context, info, realm, 'form-stale');
    }
    const { transaction } = form;
    if (hasOwnPaths(issuer) && transaction.decision !== undefined) {
      return seeOther(transactionPage(issuer, 'handBack', transaction.id));
    }
    const outcome = await signIn(context, realm, request, info, form.fields);
    if (!outcome.ok) return page(request, realm, form, outcome.status, outcome.view);
    const { id, lifetime, cookies } = await moveOn(context, realm, transaction);
    const place = placeAt(issuer, id);
    const signedIn = await beginSignedIn(context, realm, request, outcome, place, lifetime);
    return seeOther(transactionPage(issuer, 'consent', id), [...cookies, ...signedIn]);
  }

  return allowMethods(['GET', 'POST'], async (request, info) => {
    const realm = await currentRealm(context);
    if (request.method === 'POST') return post(request, info, realm);
    const resumed = await resumeFromAddress(context, request);
    if (!resumed.ok) return refuseTransaction(context, info, realm, resumed.problem);
    const hint = resumed.transaction.request.interaction?.loginHint;
    return page(request, realm, resumed, 200, hint === undefined ? {} : { username: hint });
  });
}
