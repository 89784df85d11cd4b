import { equalInConstantTime } from '@vestibule/core';
import { allowMethods, type Handler } from '@vestibule/http';
import { currentRealm, record, type ServerContext } from '../context.ts';
import { hasOwnPaths, pageAt } from '../cookie/place.ts';
import { pathAt } from '../endpoints.ts';
import { readFields } from '../form/read.ts';
import { pageResponse, problemResponse, seeOther } from '../pages/respond.ts';
import { endSession, resumeSession } from '../session/current.ts';
import { csrfToken } from '../transaction/resume.ts';

const PURPOSE = 'sign-out';

/** Where a person ends the session of this browser. Only by a form of ours: no link from elsewhere signs anybody out. */
export function createSignOutEndpoint(context: ServerContext): Handler {
  const { issuer, pages } = context;

  return allowMethods(['GET', 'POST'], async (request, info) => {
    const realm = await currentRealm(context);
    const fields = request.method === 'POST' ? await readFields(request) : new URLSearchParams();
    if (fields === undefined) return problemResponse(pages, realm, 'form-unreadable');
    const view = { realmName: realm.name, ...(hasOwnPaths(issuer) && { isOfOnePage: true }) };
    const bound = await resumeSession(context, request);
    if (bound === undefined) {
      return request.method === 'POST'
        ? seeOther(pathAt(issuer, 'signOut'))
        : pageResponse(200, pages.signOut(view));
    }
    const { person } = bound.session;
    const action = pageAt(issuer, 'signOut', bound.place);
    const csrf = await csrfToken(bound.browserSecret, PURPOSE);
    if (request.method === 'GET') {
      return pageResponse(200, pages.signOut({ ...view, signedIn: { person, action, csrf } }));
    }
    if (!equalInConstantTime(fields.get('csrf') ?? '', csrf)) {
      return problemResponse(pages, realm, 'form-stale');
    }
    const cookies = await endSession(context, request);
    await record(context, info, { type: 'sign-out.succeeded', subject: person.subject });
    return seeOther(action, cookies);
  });
}
