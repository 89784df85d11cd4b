import type { AppAccess } from '../grant/apps-of-grants.ts';
import type {
  GrantDuration,
  Instant,
  Milliseconds,
  RedirectUri,
  RuleDescription,
  Seconds,
} from '@vestibule/core';
import type { ClientMark, ClientName } from '../records/client-name.ts';
import type { Person } from '../records/session.ts';

/** A form. */
interface FormView {
  /** Where the form posts to. */
  readonly action: string;
  /** Hidden field `csrf`. */
  readonly csrf: string;
}

/** A page that takes one click. A stranger can put it under somebody's pointer, so it must not take a click at once. */
interface OneClickView {
  /** How long a page has to be displayed before the server takes a click on it. The buttons must not come sooner. */
  readonly readingTime: Milliseconds;
}

/** A form of the person's part in one authorization. */
interface TransactionFormView extends FormView {
  /** Hidden field `transaction`. */
  readonly interaction: string;
}

/** Asks for `username` and `password`. */
export interface SignInView extends FormView, ClientMark {
  readonly realmName: string;
  /** Hidden field `transaction`. Absent: the person came by themselves. */
  readonly interaction?: string;
  /** The client's name for itself: a claim. Absent: the person came by themselves. */
  readonly clientName?: string;
  /** The language of the name, where it said one: a BCP 47 tag. */
  readonly clientLanguage?: string;
  /** Who is signed in already, and where they go on without doing it again. */
  readonly goOn?: { readonly name: string; readonly href: string };
  /** Somebody is signed in, and the client wants it done again. @default false */
  readonly isAgain?: boolean;
  /** What was typed before, when it did not work, or who the client thinks it is. */
  readonly username?: string;
  readonly failure?:
    | { readonly kind: 'credentials' }
    /** There were too many wrong passwords. */
    | { readonly kind: 'limited'; readonly retryAfter: Seconds }
    /** Too many people sign in at once: this password was not looked at. */
    | { readonly kind: 'busy'; readonly retryAfter: Seconds };
}

/**
 * Asks for the fields `decision`: `approve` or `deny`; `scope`: each that is ticked, at first all of them; and `lasting`:
 * one of the durations, at first the first. Where there is one alone it need not be shown.
 */
export interface ConsentView extends ConsentContents, FormView, OneClickView {
  /** What was posted belongs to an older page, or another person has signed in since: nothing was decided. */
  readonly stale: boolean;
  /** It was approved with everything unticked: nothing was decided, and nothing is ticked now. @default false */
  readonly nothingTicked?: boolean;
  /** It was approved sooner than a person can read it: nothing was decided. @default false */
  readonly tooSoon?: boolean;
  readonly now: Instant;
}

/** What the page displays, every part of which the answer is bound to. */
export interface ConsentContents extends Omit<TransactionFormView, 'csrf'> {
  readonly realmName: string;
  readonly client: ClientView;
  readonly api: { readonly name: string; readonly resource: string };
  /** What it asks for and does not have yet. */
  readonly scopes: readonly ScopeView[];
  /** What it may do at this API already. Left ticked it is part of what is approved now, too. */
  readonly held: readonly ScopeView[];
  readonly durations: readonly GrantDuration[];
  readonly person: Person;
  /** What is allowed now is not asked again, while it lasts. @default false */
  readonly isRemembered?: boolean;
  /** How long the client may stay away before it loses this access. */
  readonly lasts: Seconds;
  /** Where another person signs in to decide this. */
  readonly switchPerson: string;
  /** Where the person sees and ends what they allow. */
  readonly connectedApps: string;
}

export interface ScopeView {
  readonly name: string;
  readonly description: string;
}

export interface ClientView extends ClientMark {
  /** A claim: nobody has checked it. In a language of the person's, where it has such a name. */
  readonly name: string;
  /** The language of the name, where it said one: a BCP 47 tag. */
  readonly language?: string;
  readonly issuedAt: Instant;
  /** A fact: where the person will be sent. */
  readonly destination: RedirectUri;
  /**
   * Any program of this device can take its place: the answer goes to no website, and it proves nothing of itself. Whoever
   * stands behind the name stands behind the description alone.
   *
   * @default false
   */
  readonly canBeImitated?: boolean;
  /** The known vendor whose name it uses, though it runs on this computer and nothing proves it. */
  readonly claimsToBe?: string;
  /** It manages its own registration, so that its name and its destination may be newer than it is. @default false */
  readonly mayHaveChanged?: boolean;
  /** Since when nobody has used it. Approving it now wakes it. */
  readonly asleepSince?: Instant;
}

/** Which apps may act for a person, each with a form that ends it. */
export interface ConnectedAppsView extends OneClickView {
  readonly realmName: string;
  readonly person: Person;
  readonly apps: readonly ConnectedAppView[];
  /** Where the person signs out. */
  readonly signOut: string;
  /** How long an access token that an app already has works at most where nobody asks whether its grant has ended. */
  readonly accessTokenLifetime: Seconds;
  /** The person has just ended an app's access. */
  readonly ended?: EndedAppView;
  readonly now: Instant;
}

/** An app whose access was to be ended. Its name is absent where it is not known. */
export interface EndedAppView extends Partial<ClientName> {
  /** There was something to end. Otherwise it had ended before. */
  readonly hadAccess: boolean;
}

/** Its form has the field `client` with the `clientId`. */
export interface ConnectedAppView extends FormView, ClientMark {
  readonly clientId: string;
  /**
   * A claim: what the consent page displayed when the person last allowed the app something, whatever the app calls itself
   * now. Where that was not kept it is the present name. Absent: that is not known either.
   */
  readonly name?: string;
  /** The language of the name, where it said one: a BCP 47 tag. */
  readonly language?: string;
  /** Other names that were displayed when the person allowed it something. @default [] */
  readonly alsoApprovedAs?: readonly ClientName[];
  /** Where the person was sent when they allowed it something, newest first. Absent: it was not kept. */
  readonly destinations?: readonly RedirectUri[];
  /** The app is no longer registered. @default false */
  readonly isUnknown?: boolean;
  /** What of the above is no longer so. Absent: the app has not changed, or that cannot be told. */
  readonly changed?: {
    /** What it calls itself now. Absent: the same. */
    readonly name?: ClientName;
    /** Destinations of the above that it no longer has. Absent: it has them all. */
    readonly left?: readonly RedirectUri[];
  };
  readonly since: Instant;
  /** To the hour or so. Absent: nobody can say. */
  readonly lastUsedAt?: Instant;
  /** When it loses what it has if it does not come back. */
  readonly expiresAt: Instant;
  readonly access: readonly AppAccess[];
  /** It was to be ended sooner than a person can read the page: nothing was done. @default false */
  readonly tooSoon?: boolean;
}

/** Asks whether to sign out, or says that nobody is signed in. */
export interface SignOutView {
  readonly realmName: string;
  /** Each page has a sign-in of its own, and whether there is one elsewhere cannot be said. @default false */
  readonly isOfOnePage?: boolean;
  /** Absent: nobody is signed in. */
  readonly signedIn?: FormView &
    OneClickView & {
      readonly person: Person;
      /** The form was sent sooner than a person can read the page: nothing was done. @default false */
      readonly tooSoon?: boolean;
    };
}

/**
 * Leads on to the client, with the authorization response: by itself after an approval, after a denial only to a loopback
 * address, and otherwise by a click alone, because the client chose the destination. An operator's choice (`leadsOn`) is
 * always followed.
 */
export interface AuthorizationResponseView extends ClientMark {
  readonly realmName: string;
  /** The client's name for itself: a claim. */
  readonly clientName: string;
  /** The language of the name, where it said one: a BCP 47 tag. */
  readonly clientLanguage?: string;
  readonly outcome: 'approved' | 'denied' | 'refused';
  /** A fact: where the link leads. */
  readonly destination: RedirectUri;
  /** The redirect URI, with the response in it where that is not posted. */
  readonly location: string;
  /** The response, where a form is to be posted there. Only by hand: there are no scripts. */
  readonly fields?: Readonly<Record<string, string>>;
  /** It may lead on by itself without an approval: an operator chose the destination, or it is this computer. @default false */
  readonly leadsOn?: boolean;
  /** Where the person ends what they allowed. Absent: they allowed nothing. */
  readonly connectedApps?: string;
  /** Why it was refused, for a developer who looks: plain text. */
  readonly detail?: string;
}

/** Leads on, by itself and by a link, to a page of this server whose address is too long for a redirect. */
export interface OnwardView {
  readonly realmName: string;
  /** At this server. A stranger may have chosen what stands in its query. */
  readonly location: string;
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
  /** A page fetched what only opens when a person follows a link. */
  | 'not-followed'
  /** The request refers to one that nobody left here, or that was used or has expired. */
  | 'request-unknown'
  /** No such interaction, or it has expired. */
  | 'transaction-unknown'
  /** The interaction began in another browser, or this one keeps no cookies. */
  | 'other-browser'
  /** The browser brings a cookie in this server's name that this server did not set. */
  | 'cookie-planted'
  /** The person chose one thing, and the other stands: it was decided before. */
  | 'decided-otherwise'
  /** The form does not belong to this page, or the page is too old. */
  | 'form-stale'
  /** The body is no form, or too large. */
  | 'form-unreadable'
  /** Too many from this address. */
  | 'too-many'
  /** Too many in the whole realm, in browsers that are not known. */
  | 'busy'
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
  /**
   * What the app called itself when it registered, if that is known: it passed the policy for names then. A claim,
   * displayed with [unverified]. Absent: no such client is known, or its name says nothing here.
   */
  readonly clientName?: string;
}
