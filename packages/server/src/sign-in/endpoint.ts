import { equalInConstantTime, type Realm } from '@vestibule/core';
import { allowMethods, type Handler, type RequestInfo } from '@vestibule/http';
import { shownTo } from '../client/shown-client.ts';
import { problemOf, standingUnderWay } from '../client/standing.ts';
import { currentRealm, record, type ServerContext } from '../context.ts';
import { pathAt, transactionPage } from '../endpoints.ts';
import { pageResponse, problemResponse, seeOther } from '../pages/respond.ts';
import type { SignInView } from '../pages/views.ts';
import { beginSession } from '../session/current.ts';
import { readForm } from '../transaction/form.ts';
import { refuseTransaction } from '../transaction/refuse.ts';
import { type BoundTransaction, csrfToken, resumeFromQuery } from '../transaction/resume.ts';
import { signInAttempt } from './attempts.ts';

/** Longer ones are nobody's, and are not worth the time that looking at them takes. */
const MAX_CREDENTIAL_LENGTH = 256;

/** Where a person says who they are, as part of one transaction. */
export function createSignInEndpoint(context: ServerContext): Handler {
  const { issuer, realm: realmId, clients, pages, authenticate, limiter, clock } = context;

  const tokenFor = ({ browserSecret, transaction }: BoundTransaction): Promise<string> =>
    csrfToken(browserSecret, `sign-in:${transaction.id}`);

  async function page(
    request: Request,
    realm: Realm,
    bound: BoundTransaction,
    status: number,
    attempt: Pick<SignInView, 'username' | 'failure'> = {},
  ): Promise<Response> {
    const { clientId, redirectUri } = bound.transaction.request;
    const client = await clients.resolve(realmId, clientId);
    if (client === undefined) {
      return problemResponse(pages, realm, 'client-unknown', { app: { redirectUri } });
    }
    // Nobody is to type a password in for a client that gets nothing.
    const problem = problemOf(standingUnderWay(client, realm, clients, clock()));
    if (problem !== undefined) {
      return problemResponse(pages, realm, problem, { app: { name: client.name, redirectUri } });
    }
    const { name: clientName, verifiedBy } = shownTo(request, realm, client);
    const view: SignInView = {
      realmName: realm.name,
      clientName,
      ...(verifiedBy !== undefined && { verifiedBy }),
      action: pathAt(issuer, 'signIn'),
      transaction: bound.transaction.id,
      csrf: await tokenFor(bound),
      ...attempt,
    };
    return pageResponse(status, pages.signIn(view));
  }

  async function signIn(request: Request, info: RequestInfo, realm: Realm): Promise<Response> {
    const form = await readForm(context, request);
    if (!form.ok) return refuseTransaction(context, info, realm, form.problem);
    if (!equalInConstantTime(form.fields.get('csrf') ?? '', await tokenFor(form))) {
      return refuseTransaction(context, info, realm, 'form-stale');
    }
    const username = form.fields.get('username')?.trim() ?? '';
    const password = form.fields.get('password') ?? '';
    const failed = {
      username: username.slice(0, MAX_CREDENTIAL_LENGTH),
      failure: { kind: 'credentials' },
    } as const;
    const usable = [username, password].every(({ length }) => length > 0 && length <= MAX_CREDENTIAL_LENGTH);
    if (!usable) return page(request, realm, form, 403, failed);

    const attempt = await signInAttempt(limiter, { realm: realmId, username, ip: info.ip });
    const room = await attempt.take();
    if (!room.allowed) {
      const { retryAfter } = room;
      await record(context, info, { type: 'sign-in.limited', username: failed.username });
      const response = await page(request, realm, form, 429, {
        ...failed,
        failure: { kind: 'limited', retryAfter },
      });
      response.headers.set('retry-after', String(retryAfter));
      return response;
    }
    const authenticated = await authenticate({ realm: realmId, username, password });
    if (authenticated === undefined) {
      await record(context, info, { type: 'sign-in.failed', username: failed.username });
      return page(request, realm, form, 403, failed);
    }
    await attempt.giveBack();
    await record(context, info, { type: 'sign-in.succeeded', subject: authenticated.person.subject });
    const cookie = await beginSession(context, realm, request, authenticated);
    return seeOther(transactionPage(issuer, 'consent', form.transaction.id), [cookie]);
  }

  return allowMethods(['GET', 'POST'], async (request, info) => {
    const realm = await currentRealm(context);
    if (request.method === 'POST') return signIn(request, info, realm);
    const resumed = await resumeFromQuery(context, request);
    return resumed.ok
      ? page(request, realm, resumed, 200)
      : refuseTransaction(context, info, realm, resumed.problem);
  });
}
