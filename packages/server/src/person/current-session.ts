import type { RequestHead, RequestInfo } from '@vestibule/http';
import { commitRecorded } from '../context/commit-recorded.ts';
import { type AuditContext, eventOf } from '../context/record.ts';
import type { CommitChanges } from '../ports/commit.ts';
import type { SessionStore } from '../ports/session-store.ts';
import { after, type Clock, type GenerateToken, type Instant, type Seconds } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { type PlacedCookie, placedCookie, readCookies } from '../web/cookie.ts';
import { type Place, placeOf } from '../web/place.ts';
import { sha256 } from '../web/digest.ts';
import type { Authenticated } from './authenticate.ts';
import type { Session } from '../records/session.ts';

/** What sessions are found and begun with. */
export interface SessionContext {
  readonly realm: string;
  readonly issuer: string;
  readonly sessions: SessionStore;
  readonly clock: Clock;
  readonly generateToken: GenerateToken;
}

const sessionCookie = (
  { issuer, realm }: Pick<SessionContext, 'issuer' | 'realm'>,
  place: Place,
): PlacedCookie => placedCookie(issuer, `vestibule-session-${realm}`, place);

/** A session is valid only at its own place: its cookie, planted at another, is unknown. */
const hashOf = (value: string, place: Place): string =>
  sha256(place.kind === 'host' ? value : `${place.id}.${value}`);

/** A session that was found in its browser. */
export interface BoundSession {
  readonly session: Session;
  /** The secret of that browser. Never stored, displayed or logged. */
  readonly browserSecret: string;
  readonly place: Place;
}

/** The session of this browser, if a person is signed in, with the secret that binds forms to this browser. */
export async function resumeSession(
  context: SessionContext,
  request: RequestHead,
): Promise<BoundSession | undefined> {
  const place = placeOf(context.issuer, request);
  if (place === undefined) return undefined;
  const browserSecret = readCookies(request).get(sessionCookie(context, place).name);
  if (browserSecret === undefined) return undefined;
  const session = await context.sessions.find(context.realm, hashOf(browserSecret, place));
  return session !== undefined && session.expiresAt > context.clock()
    ? { session, browserSecret, place }
    : undefined;
}

/** The session of this browser, if a person is signed in. */
export const currentSession = async (
  context: SessionContext,
  request: RequestHead,
): Promise<Session | undefined> => (await resumeSession(context, request))?.session;

/** What sessions are begun and ended with, each with its event. */
export interface RecordedSessionContext extends SessionContext, AuditContext {
  readonly commit: CommitChanges;
}

/**
 * Begins a new session at a place, together with its event. An existing session of the browser at the place of the request ends.
 *
 * If what the person proved does not hold any more, the session has ended before its cookie arrives.
 *
 * @param lifetime in seconds
 * @returns the `Set-Cookie` headers
 */
export async function beginSession(
  context: RecordedSessionContext,
  realm: Realm,
  { request, info }: { readonly request: RequestHead; readonly info: RequestInfo },
  { person, methods, at, stillHolds }: Authenticated & { readonly at?: Instant },
  place: Place,
  lifetime: Seconds,
): Promise<readonly string[]> {
  const { sessions, clock, generateToken } = context;
  const ended = await endSession(context, request);

  const value = generateToken();
  const now = clock();
  const session = {
    realm: realm.id,
    hash: hashOf(value, place),
    person: { subject: person.subject, name: person.name },
    authentication: { at: Math.min(at ?? now, now), methods },
    expiresAt: after(now, lifetime),
  };
  const most = realm.settings.limits.sessionsPerPerson;
  const event = eventOf(context, info, { type: 'sign-in.succeeded', subject: person.subject });
  const begun = await commitRecorded(context, [{ kind: 'session.insert', session, most }], [event]);
  if (!begun.committed) throw new Error('The secret of a new session is the one of another session.');
  // The order matters: a removal that this call does not see yet will see the session.
  if ((await stillHolds?.()) === false) await sessions.delete(realm.id, session.hash);
  // At the same place the new cookie replaces the old one.
  const forgotten = place.kind === 'path' ? ended : [];
  return [...forgotten, sessionCookie(context, place).set(value, lifetime)];
}

/**
 * Ends the session of this browser at the place of the request, if any: copies of its cookie become useless.
 *
 * @returns the `Set-Cookie` headers that delete the cookie
 */
export async function endSession(context: SessionContext, request: RequestHead): Promise<readonly string[]> {
  const found = sessionIn(context, request);
  if (found === undefined) return [];
  await context.sessions.delete(context.realm, found.hash);
  return found.forgotten;
}

/**
 * Signs the person of this browser out: ends the session as `endSession` does, together with its event. If another request has
 * ended it meanwhile, nothing is recorded.
 *
 * @returns the `Set-Cookie` headers that delete the cookie
 */
export async function signOut(
  context: RecordedSessionContext,
  { request, info }: { readonly request: RequestHead; readonly info: RequestInfo },
  subject: string,
): Promise<readonly string[]> {
  const found = sessionIn(context, request);
  if (found === undefined) return [];
  const change = { kind: 'session.end', realm: context.realm, hash: found.hash } as const;
  await commitRecorded(context, [change], [eventOf(context, info, { type: 'sign-out.succeeded', subject })]);
  return found.forgotten;
}

/** The hash of the session that the cookie of this browser names, with the `Set-Cookie` headers that delete the cookie. */
function sessionIn(
  context: SessionContext,
  request: RequestHead,
): { readonly hash: string; readonly forgotten: readonly string[] } | undefined {
  const place = placeOf(context.issuer, request);
  if (place === undefined) return undefined;
  const cookie = sessionCookie(context, place);
  const value = readCookies(request).get(cookie.name);
  if (value === undefined) return undefined;
  return { hash: hashOf(value, place), forgotten: [cookie.set('', 0)] };
}
