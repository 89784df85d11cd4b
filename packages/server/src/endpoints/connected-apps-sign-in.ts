import { equalInConstantTime } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import type { PlainHandler, PlainRequest, Reply, RequestInfo } from '@vestibule/http';
import type { ServerContext } from '../server-context.ts';
import { currentRealm } from '../context/current-realm.ts';
import { readCookies } from '../web/cookie.ts';
import { type Place, placeOf } from '../web/place.ts';
import { readFields } from '../web/form.ts';
import { problemResponse } from '../pages/page-response.ts';
import { refuseInteraction } from '../interaction/refuse-interaction.ts';
import { carryOut } from '../sign-in/open-sign-in.ts';
import { signInForVisit, visitToken } from '../sign-in/sign-in-for-visit.ts';
import { beginVisit, visitCookie } from '../sign-in/visit.ts';

/**
 * The sign-in of a person whom no client sent. Before the sign-in, a separate cookie binds the form to this browser: a page
 * elsewhere cannot sign the person in under another account.
 *
 * @see {@link https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html OWASP,
 * login CSRF}
 */
export function createConnectedAppsSignInEndpoint(context: ServerContext): PlainHandler {
  const { issuer, pages, signIn: method, generateToken } = context;

  async function post(request: PlainRequest, info: RequestInfo, realm: Realm, place: Place): Promise<Reply> {
    const fields = await readFields(request);
    if (fields === undefined) return problemResponse(pages, realm, 'form-unreadable');
    const { name } = visitCookie(context, place);
    const secret = readCookies(request).get(name);
    if (secret === undefined) return problemResponse(pages, realm, 'form-stale');
    if (!equalInConstantTime(fields.get('csrf') ?? '', visitToken(secret))) {
      return problemResponse(pages, realm, 'form-stale');
    }
    if (method.submit === undefined) return problemResponse(pages, realm, 'form-unreadable');
    const open = await signInForVisit(context, { realm, request, info }, place, secret);
    return carryOut(context, open, await method.submit(open.signIn, fields));
  }

  return async (request, info) => {
    const realm = await currentRealm(context);
    const place = placeOf(issuer, request);
    if (place === undefined) return beginVisit(context, realm);
    if (request.method === 'POST') return post(request, info, realm, place);
    const secret =
      place.kind === 'host' ? generateToken() : readCookies(request).get(visitCookie(context, place).name);
    if (secret === undefined) return refuseInteraction(context, info, realm, 'other-browser');
    const open = await signInForVisit(context, { realm, request, info }, place, secret);
    return carryOut(context, open, await method.begin(open.signIn));
  };
}
