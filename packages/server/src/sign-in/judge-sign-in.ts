import type { SignInQueue } from './sign-in-queue.ts';
import type { RateLimiter, Realm, Seconds } from '@vestibule/core';
import { type RequestInfo, sourceOf } from '@vestibule/http';
import { type AuditContext, record } from '../context/record.ts';
import type { Place } from '../web/place.ts';
import type { SignInView } from '../pages/views.ts';
import { beginSession, type SessionContext } from '../person/current-session.ts';
import { signInAttempt } from './sign-in-attempts.ts';
import type { Authenticate, Authenticated } from '../person/authenticate.ts';
import { type DeviceContext, knownDevice, rememberDevice } from './known-device.ts';

/** Longer ones are nobody's, and are not worth the time that looking at them takes. */
const MAX_CREDENTIAL_LENGTH = 256;

/** What sign-ins are judged with. */
export interface SignInContext extends AuditContext, DeviceContext {
  readonly authenticate: Authenticate;
  readonly limiter: RateLimiter;
  readonly signInQueue: SignInQueue;
}

export type SignInOutcome =
  | { readonly ok: true; readonly username: string; readonly authenticated: Authenticated }
  | {
      readonly ok: false;
      readonly status: 403 | 429 | 503;
      /** What the page says then. */
      readonly view: Required<Pick<SignInView, 'username' | 'failure'>>;
    };

/** Judges the fields `username` and `password` of a form whose token was checked. */
export async function signIn(
  context: SignInContext,
  realm: Realm,
  request: Request,
  info: RequestInfo,
  fields: URLSearchParams,
): Promise<SignInOutcome> {
  const { realm: realmId, authenticate, limiter, signInQueue } = context;
  const username = fields.get('username')?.trim() ?? '';
  const password = fields.get('password') ?? '';
  const shown = username.slice(0, MAX_CREDENTIAL_LENGTH);
  const failed = {
    ok: false,
    status: 403,
    view: { username: shown, failure: { kind: 'credentials' } },
  } as const;
  const usable = [username, password].every(({ length }) => length > 0 && length <= MAX_CREDENTIAL_LENGTH);
  if (!usable) return failed;

  const device = await knownDevice(context, realm, request, username);
  const attempt = await signInAttempt(limiter, { realm: realmId, username, ip: info.ip, device });
  const room = await attempt.take();
  if (!room.allowed) {
    await record(context, info, { type: 'sign-in.limited', username: shown });
    const failure = { kind: 'limited', retryAfter: room.retryAfter } as const;
    return { ok: false, status: 429, view: { username: shown, failure } };
  }
  const place = { network: sourceOf(info.ip).network, isKnown: device !== undefined };
  const { signal } = request;
  const queued = await signInQueue.run(place, signal, () =>
    authenticate({ realm: realmId, username, password }, signal),
  );
  if (queued.outcome === 'full') {
    const { retryAfter } = queued;
    await attempt.release();
    await record(context, info, { type: 'sign-in.limited', username: shown, reason: 'busy' });
    return busy(shown, retryAfter);
  }
  // The attempt counts all the same: it had a place.
  if (queued.outcome === 'left') return busy(shown, 1);
  const authenticated = queued.value;
  if (authenticated === undefined) {
    await record(context, info, { type: 'sign-in.failed', username: shown });
    return failed;
  }
  await attempt.release();
  await record(context, info, { type: 'sign-in.succeeded', subject: authenticated.person.subject });
  return { ok: true, username, authenticated };
}

/**
 * Signs somebody who has just proved who they are in at a place.
 *
 * @param lifetime how long their session lasts, in seconds
 * @returns the `Set-Cookie` headers
 */
export async function beginSignedIn(
  context: SessionContext & DeviceContext,
  realm: Realm,
  request: Request,
  { username, authenticated }: SignInOutcome & { readonly ok: true },
  place: Place,
  lifetime: Seconds,
): Promise<readonly string[]> {
  const session = await beginSession(context, realm, request, authenticated, place, lifetime);
  return [...session, ...(await rememberDevice(context, realm, username, place))];
}

const busy = (username: string, retryAfter: Seconds): SignInOutcome => ({
  ok: false,
  status: 503,
  view: { username, failure: { kind: 'busy', retryAfter } },
});
