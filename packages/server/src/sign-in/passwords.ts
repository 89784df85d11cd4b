import { checkOptions, type OptionTable, type Seconds } from '@vestibule/core';
import { sourceOf } from '@vestibule/http';
import type { Authenticate } from '../person/authenticate.ts';
import { signInAttempt } from './sign-in-attempts.ts';
import type { SignIn, SignInMethod, SignInStep } from './sign-in-method.ts';
import { createSignInQueue, type SignInQueue } from './sign-in-queue.ts';

/** Longer credentials are refused without a check, which would take long. */
const MAX_CREDENTIAL_LENGTH = 256;

/** Options of `passwords`. */
export interface PasswordsOptions {
  /** Checks a username and a password. */
  readonly authenticate: Authenticate;
  /**
   * Where attempts wait for one another. All realms of a process share one: use one `passwords()` for all of them.
   *
   * @default one of its own, as `createSignInQueue()` makes it
   */
  readonly queue?: SignInQueue;
}

const OPTIONS: OptionTable<PasswordsOptions> = { authenticate: 'function', queue: 'run()?' };

/**
 * Signs people in with a username and a password. Wrong passwords are limited per name and per address; a browser in which the
 * person has signed in before has limits of its own.
 *
 * @throws TypeError that names each option that is unknown, missing or has the wrong type
 * @example
 *
 *     const signIn = passwords({ authenticate: async ({ username, password }) => check(username, password) });
 */
export function passwords(options: PasswordsOptions): SignInMethod {
  checkOptions('passwords', options, OPTIONS);
  const { authenticate, queue = createSignInQueue() } = options;
  return {
    begin: async () => ({ kind: 'form' }),
    submit: (signIn, fields) => judgePassword(authenticate, queue, signIn, fields),
  };
}

async function judgePassword(
  authenticate: Authenticate,
  queue: SignInQueue,
  signIn: SignIn,
  fields: URLSearchParams,
): Promise<SignInStep> {
  const { realm, request, info, limiter, record } = signIn;
  const username = fields.get('username')?.trim() ?? '';
  const password = fields.get('password') ?? '';
  const shown = username.slice(0, MAX_CREDENTIAL_LENGTH);
  const failed = {
    kind: 'form',
    status: 403,
    username: shown,
    failure: { kind: 'credentials' },
  } as const;
  const usable = [username, password].every(({ length }) => length > 0 && length <= MAX_CREDENTIAL_LENGTH);
  if (!usable) return failed;

  const device = await signIn.knownDevice(username);
  const attempt = await signInAttempt(limiter, { realm: realm.id, username, ip: info.ip, device });
  const room = await attempt.take();
  if (!room.allowed) {
    await record({ type: 'sign-in.limited', username: shown });
    const failure = { kind: 'limited', retryAfter: room.retryAfter } as const;
    return { kind: 'form', status: 429, username: shown, failure };
  }
  const place = { network: sourceOf(info.ip).network, isKnown: device !== undefined };
  const { signal } = request;
  const queued = await queue.run(place, signal, () =>
    authenticate({ realm: realm.id, username, password }, signal),
  );
  if (queued.outcome === 'full') {
    const { retryAfter } = queued;
    await attempt.release();
    await record({ type: 'sign-in.limited', username: shown, reason: 'busy' });
    return busy(shown, retryAfter);
  }
  // The attempt counts all the same: it had a place.
  if (queued.outcome === 'left') return busy(shown, 1);
  const authenticated = queued.value;
  if (authenticated === undefined) {
    await record({ type: 'sign-in.failed', username: shown });
    return failed;
  }
  await attempt.release();
  return { kind: 'authenticated', ...authenticated, knownAs: username };
}

const busy = (username: string, retryAfter: Seconds): SignInStep => ({
  kind: 'form',
  status: 503,
  username,
  failure: { kind: 'busy', retryAfter },
});
