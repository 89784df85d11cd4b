import type { Clock, Instant, RateLimiter, Seconds } from '@vestibule/core';
import type { AuditFacts } from '@vestibule/core/audit';
import type { Realm } from '@vestibule/core/realm';
import type { RequestInfo } from '@vestibule/http';
import type { AuthorizationRequest } from '../authorization-request/interaction.ts';
import type { Prompt } from '../authorization-request/prompt.ts';
import type { Page } from '../pages/pages.ts';
import type { SignInView, SignOutElsewhere } from '../pages/views.ts';
import type { Authenticated } from '../person/authenticate.ts';
import type { ClientName } from '../records/client-name.ts';
import type { ReportedProfile } from '../records/finished-sign-in.ts';

/**
 * How people prove who they are: with a password, by a session that they have elsewhere, at an upstream provider, with a second
 * factor. {@link passwords} is one implementation.
 *
 * The server checks everything that binds a sign-in to its browser and its interaction, before it calls a method and before it
 * believes the result: the cookie, the token of a form, the `state` of a return, and how recent the authentication is.
 *
 * @example A page of the host application, which calls `finishSignIn` of the authorization server:
 *
 *     const elsewhere: SignInMethod = {
 *       asksEachTime: true,
 *       begin: async ({ state }) => ({ kind: 'redirect', location: `https://app.example/login?state=${state}` }),
 *     };
 */
export interface SignInMethod {
  /**
   * Whether people have a session elsewhere, which may have ended or changed since. Then every authorization begins with
   * `begin`, and the session of this server lasts only as long as one interaction may.
   *
   * @default false: a person who has signed in here continues until that session ends
   */
  readonly asksEachTime?: boolean;
  /** Begins a sign-in. */
  begin(signIn: SignIn): Promise<SignInStep>;
  /**
   * Continues with a form of the sign-in page. The token of the form was checked.
   *
   * @default none: posted forms are refused
   */
  readonly submit?: (signIn: SignIn, fields: URLSearchParams) => Promise<SignInStep>;
  /**
   * Continues when the browser returns from elsewhere, with whatever was added to the return address. `state` was checked: it
   * is of this browser and this sign-in, and no sign-in was completed with it.
   *
   * @default none: returns are refused, except those of `finishSignIn`
   */
  readonly resume?: (signIn: SignIn, parameters: URLSearchParams) => Promise<SignInStep>;
  /**
   * Where a person who has signed out here can sign out elsewhere too. The page that says that they are signed out links there.
   *
   * @default none: the page has no such link
   */
  readonly signOutElsewhere?: (signOut: SignOut) => Promise<SignOutElsewhere | undefined>;
}

/** A person who has signed out here. */
export interface SignOut {
  /** The absolute address of the page, where the browser may return to. It is the same for every sign-out. */
  readonly returnTo: string;
  readonly clock: Clock;
}

/** What happens next in a sign-in. */
export type SignInStep =
  /** The sign-in page asks for a username and a password. */
  | ({ readonly kind: 'form' } & SignInForm)
  /** A page of the method's own. Its form posts {@link SignIn.form}. */
  | { readonly kind: 'page'; readonly status?: number; readonly page: Page }
  /** The browser continues elsewhere, and returns to {@link SignIn.returnTo} with {@link SignIn.state}. */
  | { readonly kind: 'redirect'; readonly location: string | URL }
  | ({ readonly kind: 'authenticated' } & AuthenticatedPerson)
  /** The person cannot sign in this way, and is told so. */
  | { readonly kind: 'refused' }
  /** The sign-in did not succeed elsewhere. The person is told so, and can try again. It is recorded. */
  | { readonly kind: 'failed'; readonly problem: 'sign-in-declined' | 'sign-in-unavailable' };

/** The sign-in page, when it is displayed for the first time or again. */
export interface SignInForm extends Pick<SignInView, 'username' | 'failure'> {
  /** @default 200 */
  readonly status?: 200 | 403 | 429 | 503;
}

/** A person who has proved who they are, and when. */
export interface AuthenticatedPerson extends Authenticated {
  /**
   * When they did (`auth_time`). A session elsewhere says when it began.
   *
   * @default now
   */
  readonly at?: Instant;
  /**
   * The name under which this browser is remembered, so that strangers who guess passwords cannot delay its owner.
   *
   * @default the person's subject
   */
  readonly knownAs?: string;
  /**
   * What is stored of the person, together with the name, so that ID tokens and userinfo have it and operators find the person.
   * It replaces what is stored.
   *
   * @default nothing is stored: ID tokens have the subject alone, and userinfo does not know the person. Groups that an earlier sign-in
   * reported are deleted
   */
  readonly profile?: ReportedProfile;
}

/** One sign-in: a person, in one browser, for one authorization or for their own pages. */
export interface SignIn {
  readonly realm: Realm;
  readonly request: Request;
  readonly info: RequestInfo;
  /** The authorization it is part of. Absent: the person came by themselves, for their connected apps. */
  readonly interaction?: SignInInteraction;
  /** Where a form of the method posts to, and its hidden fields. */
  readonly form: { readonly action: string; readonly fields: Readonly<Record<string, string>> };
  /** The absolute address that the browser returns to from elsewhere. It is the same for every sign-in. */
  readonly returnTo: string;
  /** Tells sign-ins apart at the return address, as its parameter `state`. Of this browser alone; completes one sign-in. */
  readonly state: string;
  /**
   * A secret of this browser for one `state` and one purpose, such as a PKCE verifier or a nonce: 43 characters of base64url. It
   * is the same when the browser returns with that `state`, and another in every other browser.
   */
  readonly secretFor: (purpose: string, state: string) => string;
  /** The person asks for another account than the one that is signed in. */
  readonly wantsOtherPerson: boolean;
  readonly clock: Clock;
  readonly limiter: RateLimiter;
  /** Records an event of this realm and request. */
  readonly record: (event: AuditFacts) => Promise<void>;
  /** The id of this browser, if a person has signed in here under that name before. */
  readonly knownDevice: (name: string) => Promise<string | undefined>;
}

/** What an authorization asks of a sign-in. */
export interface SignInInteraction extends Pick<AuthorizationRequest, 'clientId' | 'resource' | 'scopes'> {
  /** The name of the client: unverified, unless an operator or a statement issuer confirmed it. */
  readonly client: ClientName;
  readonly prompts: readonly Prompt[];
  /** Who the client thinks it is: untrusted text. */
  readonly loginHint?: string;
  /** What the person reads, as the client says: BCP 47 tags, the best first. */
  readonly languages?: readonly string[];
  /**
   * The person must have proved who they are at this moment or later (`prompt=login`, `max_age`): a session that is older does
   * not count, and the person has to authenticate again. Absent: any session will do.
   */
  readonly authenticatedSince?: Instant;
  /** For how long the sign-in can still be completed. */
  readonly expiresIn: Seconds;
}
