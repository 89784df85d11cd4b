import type { Client } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import type { PlainHandler, PlainRequest, Reply, RequestInfo } from '@vestibule/http';
import { type AppId, appsOfPerson, isSameApp } from '../client/apps-of-person.ts';
import { presentClient } from '../client/present-client.ts';
import type { ServerContext } from '../server-context.ts';
import { currentRealm } from '../context/current-realm.ts';
import { commitRecorded } from '../context/commit-recorded.ts';
import { eventOf, record } from '../context/record.ts';
import { pageAt } from '../web/place.ts';
import { readFields } from '../web/form.ts';
import { countsFrom, judgeTimedToken, timedToken } from '../web/timed-token.ts';
import { pageResponse, problemResponse } from '../pages/page-response.ts';
import type { ConnectedAppView, EndedAppView } from '../pages/views.ts';
import { type BoundSession, resumeSession } from '../person/current-session.ts';
import { endingOf } from '../grant/end-grant.ts';
import { targetOf } from '../grant/target-of.ts';
import type { ConnectedApp } from '../grant/apps-of-grants.ts';
import { type AppDescription, describeApp } from '../client/app-description.ts';
import { beginVisit } from '../sign-in/visit.ts';

/** The page where a person sees the access of apps and ends it. */
export function createConnectedAppsEndpoint(context: ServerContext): PlainHandler {
  const { issuer, realm: realmId, grants, pages, clock } = context;

  const formOf = ({ browserSecret }: BoundSession, { clientId, target }: AppId) => ({
    browserSecret,
    purpose: `end-app:${JSON.stringify([clientId, target])}`,
  });

  const describe = async (
    request: PlainRequest,
    realm: Realm,
    displayed: ConnectedApp['displayed'],
    stored: Client | undefined,
  ): Promise<AppDescription> =>
    describeApp(displayed, await presentClient(context, request, realm, stored, displayed));

  async function viewOf(
    request: PlainRequest,
    realm: Realm,
    bound: BoundSession,
    { displayed, ...app }: ConnectedApp,
    stored: Client | undefined,
    tooSoon: boolean,
  ): Promise<ConnectedAppView> {
    const lastUsedAt = stored?.kind === 'dynamic' ? stored.lastUsedAt : undefined;
    return {
      ...app,
      ...(await describe(request, realm, displayed, stored)),
      // Many people share a client of another kind: its last use may be by any of them.
      ...(lastUsedAt !== undefined && { lastUsedAt }),
      action: pageAt(issuer, 'apps', bound.place),
      csrf: timedToken(
        formOf(bound, app),
        countsFrom(clock(), realm.settings.consent.minimumReadingTime, tooSoon),
      ),
      tooSoon,
    };
  }

  interface Occasion {
    /** The app whose access was to be ended too soon. */
    readonly tooSoon?: AppId;
    /** The app whose access was just ended. */
    readonly ended?: EndedAppView;
  }

  async function page(
    request: PlainRequest,
    realm: Realm,
    bound: BoundSession,
    { tooSoon, ended }: Occasion = {},
  ): Promise<Reply> {
    const { person } = bound.session;
    const given = await appsOfPerson(context, realm, person.subject);
    const apps = await Promise.all(
      given.apps.map((app) => {
        const isTooSoon = tooSoon !== undefined && isSameApp(app, tooSoon);
        return viewOf(request, realm, bound, app, given.stored.get(app.clientId), isTooSoon);
      }),
    );
    const signOut = pageAt(issuer, 'signOut', bound.place);
    const readingTime = realm.settings.consent.minimumReadingTime;
    const accessTokenLifetime = realm.settings.lifetimes.accessToken;
    const texts = { realmName: realm.name, person, signOut, readingTime, accessTokenLifetime };
    const view = { ...texts, apps, ...(ended && { ended }), now: clock() };
    return pageResponse(200, pages.connectedApps(view));
  }

  /** Ends each grant together with its event, until none is left: one that was read may have been opened since. */
  async function endAccess(
    info: RequestInfo,
    subject: string,
    { clientId, target }: AppId,
  ): Promise<boolean> {
    let hadAccess = false;
    for (;;) {
      const now = clock();
      const ofClient = await grants.listOf(realmId, subject, now, clientId);
      const given = ofClient.filter((grant) => target === undefined || targetOf(grant) === target);
      if (given.length === 0) return hadAccess;
      for (const grant of given) {
        const event = { type: 'grant.ended', grantId: grant.id, clientId, reason: 'person-revoked' } as const;
        const ended = await commitRecorded(context, endingOf(grant, now), [eventOf(context, info, event)]);
        hadAccess ||= ended.committed;
      }
    }
  }

  async function end(
    request: PlainRequest,
    info: RequestInfo,
    realm: Realm,
    bound: BoundSession,
  ): Promise<Reply> {
    const fields = await readFields(request);
    const clientId = fields?.get('client');
    if (fields === undefined || clientId === undefined || clientId === null) {
      return problemResponse(pages, realm, 'form-unreadable');
    }
    const target = fields.get('target');
    const id: AppId = { clientId, ...(target !== null && { target }) };
    const { subject } = bound.session.person;
    const verdict = judgeTimedToken(formOf(bound, id), fields.get('csrf'), clock());
    if (verdict === 'stale') return problemResponse(pages, realm, 'form-stale');
    if (verdict === 'too-soon') {
      await record(context, info, { type: 'answer.too-soon', page: 'connected-apps', subject, clientId });
      return page(request, realm, bound, { tooSoon: id });
    }
    const { apps, stored } = await appsOfPerson(context, realm, subject, clientId);
    const displayed = apps.find((app) => isSameApp(app, id))?.displayed ?? [];
    const described = await describe(request, realm, displayed, stored.get(clientId));
    const hadAccess = await endAccess(info, subject, id);
    const { name, language, verifiedBy, isPreregistered, destinations: [destination] = [] } = described;
    return page(request, realm, bound, {
      ended: {
        ...(target !== null && destination !== undefined && { destination }),
        ...(name !== undefined && { name }),
        ...(language !== undefined && { language }),
        ...(verifiedBy !== undefined && { verifiedBy }),
        ...(isPreregistered !== undefined && { isPreregistered }),
        hadAccess,
      },
    });
  }

  return async (request, info) => {
    const realm = await currentRealm(context);
    const bound = await resumeSession(context, request);
    if (bound === undefined) return beginVisit(context, realm);
    return request.method === 'POST' ? end(request, info, realm, bound) : page(request, realm, bound);
  };
}
