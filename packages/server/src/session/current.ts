import { after, type Realm } from '@vestibule/core';
import type { ServerContext } from '../context.ts';
import { type HostCookie, hostCookie, readCookies } from '../cookie/cookie.ts';
import { sha256 } from '../crypto/digest.ts';
import type { Authenticated } from '../sign-in/authenticate.ts';
import type { Session } from './session.ts';

const sessionCookie = ({ issuer, realm }: ServerContext): HostCookie =>
  hostCookie(issuer, `vestibule-session-${realm}`);

/** The session of this browser, where somebody is signed in. */
export async function currentSession(context: ServerContext, request: Request): Promise<Session | undefined> {
  const value = readCookies(request).get(sessionCookie(context).name);
  if (value === undefined) return undefined;
  const session = await context.sessions.find(context.realm, await sha256(value));
  return session !== undefined && session.expiresAt > context.clock() ? session : undefined;
}

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
  const former = readCookies(request).get(sessionCookie(context).name);
  if (former !== undefined) await sessions.delete(realm.id, await sha256(former));

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
