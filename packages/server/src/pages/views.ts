import type { Instant, RedirectUri, RuleDescription, Seconds } from '@vestibule/core';
import type { Person } from '../session/session.ts';

/** A form of the person's part. */
interface FormView {
  /** Where the form posts to. */
  readonly action: string;
  /** Hidden field `transaction`. */
  readonly transaction: string;
  /** Hidden field `csrf`. */
  readonly csrf: string;
}

/** Asks for `username` and `password`. */
export interface SignInView extends FormView {
  readonly realmName: string;
  /** The client's name for itself: a claim. */
  readonly clientName: string;
  /** Who vouches for it. Absent: nobody; it is marked [unverified]. */
  readonly verifiedBy?: string;
  /** What was typed before, when it did not work. */
  readonly username?: string;
  readonly failure?:
    { readonly kind: 'credentials' } | { readonly kind: 'limited'; readonly retryAfter: Seconds };
}

/** Asks for the field `decision`: `approve` or `deny`. */
export interface ConsentView extends FormView {
  readonly realmName: string;
  readonly client: ClientView;
  readonly api: { readonly name: string; readonly resource: string };
  readonly scopes: readonly { readonly name: string; readonly description: string }[];
  readonly person: Person;
  /** How long the client may stay away before it loses this access. */
  readonly lasts: Seconds;
  /** Where another person signs in to decide this. */
  readonly switchPerson: string;
  /** What was posted belongs to an older page, or another person has signed in since: nothing was decided. */
  readonly stale: boolean;
  readonly now: Instant;
}

export interface ClientView {
  /** A claim: nobody has checked it. In a language of the person's, where it has such a name. */
  readonly name: string;
  /** The language of the name, where it said one: a BCP 47 tag. */
  readonly language?: string;
  readonly issuedAt: Instant;
  /** A fact: where the person will be sent. */
  readonly destination: RedirectUri;
  /** Who vouches for it, by the name that the realm knows them by. Absent: nobody; it is marked [unverified]. */
  readonly verifiedBy?: string;
  /** The known vendor whose name it uses, though it runs on this computer and nothing proves it. */
  readonly claimsToBe?: string;
  /** It manages its own registration, so that its name and its destination may be newer than it is. @default false */
  readonly mayHaveChanged?: boolean;
  /** Since when nobody has used it. Approving it now wakes it. */
  readonly asleepSince?: Instant;
}

/**
 * Leads on to the client, with the authorization response: by itself where a person decided, and only by hand where
 * nobody did (`refused`), because a stranger chose the destination.
 */
export interface HandBackView {
  readonly realmName: string;
  /** The client's name for itself: a claim. */
  readonly clientName: string;
  /** Who vouches for it. Absent: nobody; it is marked [unverified]. */
  readonly verifiedBy?: string;
  readonly outcome: 'approved' | 'denied' | 'refused';
  /** A fact: where the link leads. */
  readonly destination: RedirectUri;
  /** The redirect URI with the response in it. */
  readonly location: string;
  /** Why it was refused, for a developer who looks: plain text. */
  readonly detail?: string;
}

/** What registration asks for, rule by rule; each stands under its id as a fragment. */
export interface RulesView {
  readonly realmName: string;
  readonly rules: readonly RuleDescription[];
}

/** What can be wrong where there is nowhere to send the person. */
export type PageProblem =
  /** The request named no client, or several. */
  | 'client-missing'
  /** No such client, or no longer: it has to forget what it knows of this server, and none does so by itself. */
  | 'client-unknown'
  /** An operator does not want this client. */
  | 'client-blocked'
  /** It slept for long, and what it registered is not accepted any more. */
  | 'client-unacceptable'
  /** The request named no redirect URI where one is needed, or several. */
  | 'redirect-uri-missing'
  | 'redirect-uri-unregistered'
  /** No such transaction, or it has expired. */
  | 'transaction-unknown'
  /** The transaction began in another browser, or this one keeps no cookies. */
  | 'other-browser'
  /** The person chose one thing, and the other stands: it was decided before. */
  | 'decided-otherwise'
  /** The form does not belong to this page, or the page is too old. */
  | 'form-stale'
  /** The body is no form, or too large. */
  | 'form-unreadable'
  /** Too many from this address. */
  | 'too-many'
  /** There is no such page. For the app around the server. */
  | 'not-found'
  | 'server-error'
  | 'unavailable';

export interface ProblemView {
  readonly realmName: string;
  readonly problem: PageProblem;
  /** For a developer who looks: plain text, may repeat what a stranger sent. */
  readonly detail?: string;
  /**
   * What there is to guess by which app the person came from, so that the page can say how to make it forget. Claims by a
   * stranger: never to be shown, linked or believed.
   */
  readonly app?: { readonly name?: string | undefined; readonly redirectUri?: string | undefined };
}
