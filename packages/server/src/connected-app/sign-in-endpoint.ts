import { equalInConstantTime, type Realm } from '@vestibule/core';
import { allowMethods, type Handler, type RequestInfo } from '@vestibule/http';
import { currentRealm, type ServerContext } from '../context.ts';
import { type HostCookie, hostCookie, readCookies } from '../cookie/cookie.ts';
import { pathAt } from '../endpoints.ts';
import { readFields } from '../form/read.ts';
import { problemResponse, seeOther } from '../pages/respond.ts';
import type { SignInView } from '../pages/views.ts';
import { signInPage } from '../sign-in/respond.ts';
import { signIn } from '../sign-in/sign-in.ts';
import { csrfToken } from '../transaction/resume.ts';

const PURPOSE = 'sign-in';

/**
 * Where a person who came by themselves says who they are. Before anybody is signed in, a cookie of its own binds the form
 * to this browser: nobody is signed in by a page elsewhere, as somebody else.
 *
 * @see {@link https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html OWASP, login CSRF}
 */
export function createAppsSignInEndpoint(context: ServerContext): Handler {
  const { issuer, realm: realmId, pages, entropy } = context;
  const cookie: HostCookie = hostCookie(issuer, `vestibule-visit-${realmId}`);

  async function page(
    realm: Realm,
    secret: string,
    status: number,
    attempt: Pick<SignInView, 'username' | 'failure'>,
  ): Promise<Response> {
    const csrf = await csrfToken(secret, PURPOSE);
    const view = { realmName: realm.name, action: pathAt(issuer, 'appsSignIn'), csrf, ...attempt };
    return signInPage(pages, status, view, [cookie.set(secret, realm.settings.lifetimes.transaction)]);
  }

  async function post(request: Request, info: RequestInfo, realm: Realm): Promise<Response> {
    const fields = await readFields(request);
    if (fields === undefined) return problemResponse(pages, realm, 'form-unreadable');
    const secret = readCookies(request).get(cookie.name);
    if (secret === undefined) return problemResponse(pages, realm, 'form-stale');
    if (!equalInConstantTime(fields.get('csrf') ?? '', await csrfToken(secret, PURPOSE))) {
      return problemResponse(pages, realm, 'form-stale');
    }
    const outcome = await signIn(context, realm, request, info, fields);
    return outcome.ok
      ? seeOther(pathAt(issuer, 'apps'), [...outcome.cookies, cookie.set('', 0)])
      : page(realm, secret, outcome.status, outcome.view);
  }

  return allowMethods(['GET', 'POST'], async (request, info) => {
    const realm = await currentRealm(context);
    return request.method === 'POST' ? post(request, info, realm) : page(realm, entropy(), 200, {});
  });
}
