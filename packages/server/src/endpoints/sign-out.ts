import type { Realm } from '@vestibule/core/realm';
import type { PlainHandler, Reply } from '@vestibule/http';
import type { ServerContext } from '../server-context.ts';
import { currentRealm } from '../context/current-realm.ts';
import { record } from '../context/record.ts';
import { hasOwnPaths, pageAt } from '../web/place.ts';
import { pathAt, PATHS } from '../web/paths.ts';
import { readFields } from '../web/form.ts';
import { countsFrom, judgeTimedToken, timedToken } from '../web/timed-token.ts';
import type { SignOutView } from '../pages/views.ts';
import { pageResponse, problemResponse, seeOther } from '../pages/page-response.ts';
import { type BoundSession, resumeSession, signOut } from '../person/current-session.ts';

const PURPOSE = 'sign-out';

/** Ends the session of this browser. Requires a form of this page, so that no link from elsewhere signs a person out. */
export function createSignOutEndpoint(context: ServerContext): PlainHandler {
  const { issuer, pages, clock } = context;
  const returnTo = `${issuer}${PATHS.signOut}`;

  /** Where the person can sign out as well. The session here has ended by then. */
  async function whereElse(): Promise<Pick<SignOutView, 'elsewhere'>> {
    const elsewhere = await context.signIn.signOutElsewhere?.({ returnTo, clock });
    return elsewhere === undefined ? {} : { elsewhere };
  }

  const viewOf = ({ name }: Realm) => ({
    realmName: name,
    ...(hasOwnPaths(issuer) && { isOfOnePage: true }),
  });

  return async (request, info) => {
    const realm = await currentRealm(context);
    const fields = request.method === 'POST' ? await readFields(request) : new URLSearchParams();
    if (fields === undefined) return problemResponse(pages, realm, 'form-unreadable');
    const bound = await resumeSession(context, request);
    if (bound === undefined) {
      return request.method === 'POST'
        ? seeOther(pathAt(issuer, 'signOut'))
        : pageResponse(200, pages.signOut({ ...viewOf(realm), ...(await whereElse()) }));
    }
    if (request.method === 'GET') return page(realm, bound, false);
    const { browserSecret, session } = bound;
    const { subject } = session.person;
    const form = { browserSecret, purpose: PURPOSE };
    switch (judgeTimedToken(form, fields.get('csrf'), clock())) {
      case 'stale':
        return problemResponse(pages, realm, 'form-stale');
      case 'too-soon':
        await record(context, info, { type: 'answer.too-soon', page: 'sign-out', subject });
        return page(realm, bound, true);
      case 'good': {
        const cookies = await signOut(context, { request, info }, subject);
        return seeOther(pageAt(issuer, 'signOut', bound.place), cookies);
      }
    }
  };

  function page(realm: Realm, { browserSecret, session, place }: BoundSession, tooSoon: boolean): Reply {
    const readingTime = realm.settings.consent.minimumReadingTime;
    const form = { browserSecret, purpose: PURPOSE };
    const csrf = timedToken(form, countsFrom(clock(), readingTime, tooSoon));
    const action = pageAt(issuer, 'signOut', place);
    const signedIn = { person: session.person, action, csrf, readingTime, tooSoon };
    return pageResponse(200, pages.signOut({ ...viewOf(realm), signedIn }));
  }
}
