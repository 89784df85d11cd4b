import { equalInConstantTime, type Realm } from '@vestibule/core';
import { allowMethods, type Handler, type RequestInfo } from '@vestibule/http';
import type { ServerContext } from '../server-context.ts';
import { currentRealm } from '../context/current-realm.ts';
import { readCookies } from '../web/cookie.ts';
import { pageAt, type Place, placeAt, placeOf } from '../web/place.ts';
import { readFields } from '../web/form.ts';
import { problemResponse, seeOther } from '../pages/page-response.ts';
import type { SignInView } from '../pages/views.ts';
import { signInPage } from '../sign-in/sign-in-response.ts';
import { beginSignedIn, signIn } from '../sign-in/judge-sign-in.ts';
import { refuseInteraction } from '../interaction/refuse-interaction.ts';
import { csrfToken } from '../web/csrf-token.ts';
import { beginVisit, visitCookie } from '../sign-in/visit.ts';

const PURPOSE = 'sign-in';

/**
 * Where a person who came by themselves says who they are. Before anybody is signed in, a cookie of its own binds the form
 * to this browser: nobody is signed in by a page elsewhere, as somebody else.
 *
 * @see {@link https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html OWASP, login CSRF}
 */
export function createConnectedAppsSignInEndpoint(context: ServerContext): Handler {
  const { issuer, pages, generateToken } = context;

  async function page(
    realm: Realm,
    place: Place,
    secret: string,
    status: number,
    attempt: Pick<SignInView, 'username' | 'failure'>,
  ): Promise<Response> {
    const csrf = await csrfToken(secret, PURPOSE);
    const view = { realmName: realm.name, action: pageAt(issuer, 'appsSignIn', place), csrf, ...attempt };
    // At a place of its own the cookie was set when the visit began: who chose the place must not have one set there.
    const cookie = visitCookie(context, place).set(secret, realm.settings.lifetimes.transaction);
    return signInPage(pages, status, view, place.kind === 'host' ? [cookie] : []);
  }

  async function post(request: Request, info: RequestInfo, realm: Realm, place: Place): Promise<Response> {
    const fields = await readFields(request);
    if (fields === undefined) return problemResponse(pages, realm, 'form-unreadable');
    const cookie = visitCookie(context, place);
    const secret = readCookies(request).get(cookie.name);
    if (secret === undefined) return problemResponse(pages, realm, 'form-stale');
    if (!equalInConstantTime(fields.get('csrf') ?? '', await csrfToken(secret, PURPOSE))) {
      return problemResponse(pages, realm, 'form-stale');
    }
    const outcome = await signIn(context, realm, request, info, fields);
    if (!outcome.ok) return page(realm, place, secret, outcome.status, outcome.view);
    // Whoever planted the cookie of this visit knows where it was, and must not know where the person is signed in.
    const onward = placeAt(issuer, generateToken());
    const { session } = realm.settings.lifetimes;
    const signedIn = await beginSignedIn(context, realm, request, outcome, onward, session);
    return seeOther(pageAt(issuer, 'apps', onward), [...signedIn, cookie.set('', 0)]);
  }

  return allowMethods(['GET', 'POST'], async (request, info) => {
    const realm = await currentRealm(context);
    const place = placeOf(issuer, request);
    if (place === undefined) return beginVisit(context, realm);
    if (request.method === 'POST') return post(request, info, realm, place);
    if (place.kind === 'host') return page(realm, place, generateToken(), 200, {});
    const secret = readCookies(request).get(visitCookie(context, place).name);
    return secret === undefined
      ? refuseInteraction(context, info, realm, 'other-browser')
      : page(realm, place, secret, 200, {});
  });
}
