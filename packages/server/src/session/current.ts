import { after, type Realm } from '@vestibule/core';
import type { ServerContext } from '../context.ts';
import { type HostCookie, hostCookie, readCookies } from '../cookie/cookie.ts';
import { sha256 } from '../crypto/digest.ts';
import type { Authenticated } from '../sign-in/authenticate.ts';
import type { Session } from './session.ts';

const sessionCookie = ({ issuer, realm }: ServerContext): HostCookie =>
  hostCookie(issuer, `vestibule-session-${realm}`);

/** A session, met again in its browser. */
export interface BoundSession {
  readonly session: Session;
  /** What only that browser holds. Never stored, shown or logged. */
  readonly browserSecret: string;
}

/** The session of this browser, where somebody is signed in, with what proves forms to be of this browser. */
export async function resumeSession(
  context: ServerContext,
  request: Request,
): Promise<BoundSession | undefined> {
  const browserSecret = readCookies(request).get(sessionCookie(context).name);
  if (browserSecret === undefined) return undefined;
  const session = await context.sessions.find(context.realm, await sha256(browserSecret));
  return session !== undefined && session.expiresAt > context.clock()
    ? { session, browserSecret }
    : undefined;
}

/** The session of this browser, where somebody is signed in. */
export const currentSession = async (
  context: ServerContext,
  request: Request,
): Promise<Session | undefined> => (await resumeSession(context, request))?.session;

/**
 * Begins a session, always a new one: whatever session the browser had, or was given, ends here.
 *
 * @returns the `Set-Cookie` header
 */
export async function beginSession(
  context: ServerContext,
  realm: Realm,
  request: Request,
  { person, methods }: Authenticated,
): Promise<string> {
  const { sessions, clock, entropy } = context;
  await endSession(context, request);

  const lifetime = realm.settings.lifetimes.session;
  const value = entropy();
  const now = clock();
  await sessions.insert({
    realm: realm.id,
    hash: await sha256(value),
    person,
    authentication: { at: now, methods },
    expiresAt: after(now, lifetime),
  });
  return sessionCookie(context).set(value, lifetime);
}

/**
 * Ends the session of this browser, if it has one: a copy of its cookie is worth nothing from now on.
 *
 * @returns the `Set-Cookie` header that makes the browser forget it
 */
export async function endSession(context: ServerContext, request: Request): Promise<string> {
  const cookie = sessionCookie(context);
  const value = readCookies(request).get(cookie.name);
  if (value !== undefined) await context.sessions.delete(context.realm, await sha256(value));
  return cookie.set('', 0);
}
