import { after, type RateLimiter, type Seconds } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import type { PlainRequest, Reply, RequestInfo } from '@vestibule/http';
import { record } from '../context/record.ts';
import { isRecent } from '../person/is-recent-authentication.ts';
import { beginSession, type RecordedSessionContext } from '../person/current-session.ts';
import type { Interaction } from '../authorization-request/interaction.ts';
import type { Pages } from '../pages/pages.ts';
import { pageResponse, problemResponse, seeElsewhere } from '../pages/page-response.ts';
import type { PersonStore } from '../ports/person-store.ts';
import type { ReplayStore } from '../ports/replay-store.ts';
import { PATHS } from '../web/paths.ts';
import type { Place } from '../web/place.ts';
import { type DeviceContext, knownDevice, rememberDevice } from './known-device.ts';
import { checkAuthenticated } from './check-authenticated.ts';
import type { AuthenticatedPerson, SignIn, SignInForm, SignInMethod, SignInStep } from './sign-in-method.ts';
import {
  type ReceivedState,
  signInSecret,
  type SignInSubject,
  signInState,
  stateHash,
} from './sign-in-state.ts';
import { storeProfile } from './store-profile.ts';

/** What sign-ins are carried out with. */
export interface SignInContext extends RecordedSessionContext, DeviceContext {
  readonly signIn: SignInMethod;
  readonly limiter: RateLimiter;
  readonly pages: Pages;
  readonly people: PersonStore;
  readonly replays: ReplayStore;
}

/** A request that is part of a sign-in. */
export interface SignInRequest {
  readonly realm: Realm;
  readonly request: PlainRequest;
  readonly info: RequestInfo;
}

/** A sign-in in a browser that was recognized, with what depends on what it is for. */
export interface OpenSignIn {
  readonly signIn: SignIn;
  /** Absent: the person came by themselves. */
  readonly interaction?: Interaction;
  /** `Set-Cookie` headers of every page and redirect with which it begins. */
  readonly cookies: readonly string[];
  /** The URL where it begins again. */
  readonly again: string;
  /** The sign-in page. */
  readonly form: (form: SignInForm) => Promise<Reply>;
  /** Signs the person in and continues. */
  readonly complete: (authenticated: AuthenticatedPerson) => Promise<Reply>;
}

/** What all sign-ins offer to their method. */
export function signInOf(
  context: SignInContext,
  { realm, request, info }: SignInRequest,
  subject: SignInSubject & { readonly browserSecret: string },
): Omit<SignIn, 'interaction' | 'form'> {
  const { issuer, clock, limiter, generateToken } = context;
  return {
    realm,
    request: request.standard(),
    info,
    clock,
    limiter,
    returnTo: `${issuer}${PATHS.signInReturn}`,
    state: signInState(subject.browserSecret, subject, generateToken()),
    secretFor: (purpose, state) => signInSecret(subject.browserSecret, purpose, state),
    wantsOtherPerson: new URL(request.url).searchParams.has('switch'),
    record: (event) => record(context, info, event),
    knownDevice: (name) => knownDevice(context, realm, request, name),
  };
}

/** Whether a person authenticated recently enough for what they sign in for. */
export const isRecentEnough = (
  { interaction }: Pick<OpenSignIn, 'interaction'>,
  { at = Infinity }: AuthenticatedPerson,
): boolean => interaction === undefined || isRecent({ at, methods: [] }, interaction);

/**
 * Carries out what a method returned.
 *
 * @param state with which the browser returned; it is used up if the person is authenticated
 */
export async function carryOut(
  context: SignInContext,
  open: OpenSignIn,
  step: SignInStep,
  state?: ReceivedState,
): Promise<Reply> {
  const { pages } = context;
  const { realm } = open.signIn;
  switch (step.kind) {
    case 'form':
      return open.form(step);
    case 'page':
      return pageResponse(step.status ?? 200, step.page, open.cookies);
    case 'redirect':
      return seeElsewhere(step.location, open.cookies);
    case 'refused':
      return problemResponse(pages, realm, 'sign-in-refused');
    case 'failed':
      await record(context, open.signIn.info, { type: 'transaction.refused', problem: step.problem });
      return problemResponse(pages, realm, step.problem, { again: open.again });
    case 'authenticated': {
      checkAuthenticated(step);
      if (!isRecentEnough(open, step)) return problemResponse(pages, realm, 'sign-in-not-recent');
      if (state !== undefined && !(await useState(context, open, state))) {
        return problemResponse(pages, realm, 'sign-in-unknown');
      }
      return open.complete(step);
    }
  }
}

/** Uses up a `state`: of many concurrent returns one signs the person in. */
async function useState(
  { replays, clock }: SignInContext,
  { signIn: { realm }, interaction }: OpenSignIn,
  { text }: ReceivedState,
): Promise<boolean> {
  const until = interaction?.expiresAt ?? after(clock(), realm.settings.lifetimes.transaction);
  return (await replays.note(realm.id, stateHash(text), until)) === 'first';
}

/**
 * Begins a session at a place for a person who has just proved who they are, and remembers the browser.
 *
 * @param lifetime how long the session lasts at most, in seconds
 * @returns the `Set-Cookie` headers
 */
export async function beginSignedIn(
  context: SignInContext,
  { realm, request, info }: SignInRequest,
  authenticated: AuthenticatedPerson,
  place: Place,
  lifetime: Seconds,
): Promise<readonly string[]> {
  const { subject } = authenticated.person;
  await storeProfile(context, info, authenticated);
  const ofInteraction = realm.settings.lifetimes.transaction;
  const lasts = context.signIn.asksEachTime === true ? Math.min(lifetime, ofInteraction) : lifetime;
  const session = await beginSession(context, realm, { request, info }, authenticated, place, lasts);
  const name = authenticated.knownAs ?? `subject:${subject}`;
  return [...session, ...(await rememberDevice(context, realm, name, place))];
}
