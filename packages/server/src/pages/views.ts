import type { AppAccess } from '../grant/apps-of-grants.ts';
import type { Instant, Milliseconds, RedirectUri, Seconds } from '@vestibule/core';
import type { RuleDescription } from '@vestibule/core/policy';
import type { GrantDuration } from '@vestibule/core/realm';
import type { ClientMark, ClientName } from '../records/client-name.ts';
import type { Person } from '../records/session.ts';

/** A form. */
interface FormView {
  /** The URL that the form posts to. */
  readonly action: string;
  /** The hidden field `csrf`. */
  readonly csrf: string;
}

/**
 * A page with a decision in one click. An attacker can open it under the pointer of a person, so it must not accept a click
 * at once.
 */
interface OneClickView {
  /** How long the page has to be displayed before the server accepts its form. The buttons must not appear sooner. */
  readonly readingTime: Milliseconds;
}

/** A form of an interaction. */
interface TransactionFormView extends FormView {
  /** The hidden field `transaction`. */
  readonly interaction: string;
}

/** Asks for `username` and `password`. */
export interface SignInView extends FormView, ClientMark {
  readonly realmName: string;
  /** The hidden field `transaction`. Absent if no client sent the person. */
  readonly interaction?: string;
  /** The unverified name of the client. Absent if no client sent the person. */
  readonly clientName?: string;
  /** The language of the name, if the client gave one: a BCP 47 tag. */
  readonly clientLanguage?: string;
  /** The person who is already signed in, and the URL to continue without another sign-in. */
  readonly goOn?: { readonly name: string; readonly href: string };
  /** A person is signed in, and the client requires a new sign-in. @default false */
  readonly isAgain?: boolean;
  /** The username of a failed attempt, or the client's hint. */
  readonly username?: string;
  readonly failure?:
    | { readonly kind: 'credentials' }
    /** There were too many wrong passwords. */
    | { readonly kind: 'limited'; readonly retryAfter: Seconds }
    /** Too many sign-ins are waiting: this password was not checked. */
    | { readonly kind: 'busy'; readonly retryAfter: Seconds };
}

/**
 * Asks for the fields `decision`: `approve` or `deny`; `scope`: each selected one, initially all; and `lasting`: one of the
 * durations, initially the first. A single duration need not be displayed.
 */
export interface ConsentView extends ConsentContents, FormView, OneClickView {
  /** The posted form belongs to an older page, or another person has signed in since: nothing was decided. */
  readonly stale: boolean;
  /** It was approved with no scope selected: nothing was decided, and no scope is selected now. @default false */
  readonly nothingTicked?: boolean;
  /** It was approved sooner than a person can read it: nothing was decided. @default false */
  readonly tooSoon?: boolean;
  readonly now: Instant;
}

/** What the page displays. The form is bound to every part of it. */
export interface ConsentContents extends Omit<TransactionFormView, 'csrf'> {
  readonly realmName: string;
  readonly client: ClientView;
  readonly api: { readonly name: string; readonly resource: string };
  /** The requested scopes that the client does not have yet. */
  readonly scopes: readonly ScopeView[];
  /** What the client already has at this API. If it stays selected, it is part of the approval. */
  readonly held: readonly ScopeView[];
  readonly durations: readonly GrantDuration[];
  readonly person: Person;
  /** Whether this consent is remembered while the grant lasts. @default false */
  readonly isRemembered?: boolean;
  /** How long the client keeps this access without using it, in seconds. */
  readonly lasts: Seconds;
  /** The URL where another person signs in to decide. */
  readonly switchPerson: string;
  /** The URL where the person sees and ends their grants. */
  readonly connectedApps: string;
}

/**
 * Says that the person who is signed in may not let apps use an API, because they are in none of the groups that it allows. Its form has
 * no other field, and goes back to the app, which gets no access.
 */
export interface NotAllowedView extends TransactionFormView {
  readonly realmName: string;
  readonly api: { readonly name: string; readonly resource: string };
  readonly person: Person;
  /** The URL where another person signs in. */
  readonly switchPerson: string;
}

/** A scope, as pages display it. */
export interface ScopeView {
  readonly name: string;
  readonly description: string;
}

/** A client, as pages display it. */
export interface ClientView extends ClientMark {
  /** An unverified claim, in a language of the person if the client has such a name. */
  readonly name: string;
  /** The language of the name, if the client gave one: a BCP 47 tag. */
  readonly language?: string;
  readonly issuedAt: Instant;
  /** The host of the document that describes the client, which is a fact. Absent if no document does. */
  readonly documentHost?: string;
  /** The document verifies a registration: the client itself has registered. @default false */
  readonly hasRegistered?: boolean;
  /** Where the person will be sent, which is a fact. */
  readonly destination: RedirectUri;
  /**
   * Any program on this device can impersonate the client: its redirect URI is not a website or one that passes responses on, and it does not authenticate.
   * A confirmed name only confirms the description.
   *
   * @default false
   */
  readonly canBeImitated?: boolean;
  /** The known vendor whose name it uses without proof, because all its redirect URIs are loopback URIs. */
  readonly claimsToBe?: string;
  /** The client manages its own registration, so its name and destination may be newer than it is. @default false */
  readonly mayHaveChanged?: boolean;
  /** The time of its last use, if it is hibernated. Approving reactivates it. */
  readonly asleepSince?: Instant;
}

/** The apps with access for a person, each with a form that ends it. */
export interface ConnectedAppsView extends OneClickView {
  readonly realmName: string;
  readonly person: Person;
  readonly apps: readonly ConnectedAppView[];
  /** The URL where the person signs out. */
  readonly signOut: string;
  /** How long an access token stays valid at most at an API that does not check whether its grant has ended, in seconds. */
  readonly accessTokenLifetime: Seconds;
  /** The app whose access the person has just ended. */
  readonly ended?: EndedAppView;
  readonly now: Instant;
}

/** An app whose access was to be ended. Its name is absent if it is unknown. */
export interface EndedAppView extends Partial<ClientName> {
  /** Where its responses went, if only that access was ended. Absent: all access of the client. */
  readonly destination?: RedirectUri;
  /** Whether it had access that was ended. Otherwise it had ended before. */
  readonly hadAccess: boolean;
}

/** Its form has the field `client` with the `clientId`, and the field `target` with the `target` if there is one. */
export interface ConnectedAppView extends FormView, ClientMark {
  readonly clientId: string;
  /**
   * Where the responses of this app went, if many apps use the same client: the access through each target is an entry of its own.
   * Absent: the entry is the whole client.
   */
  readonly target?: string;
  /**
   * An unverified claim: the name on the consent page when the person last approved the app, whatever its current name is.
   * If that was not stored, the current name. Absent if that is unknown as well.
   */
  readonly name?: string;
  /** The language of the name, if the client gave one: a BCP 47 tag. */
  readonly language?: string;
  /** Other names that were displayed at approvals. @default [] */
  readonly alsoApprovedAs?: readonly ClientName[];
  /** The destinations of the approvals, newest first. Absent if they were not stored. */
  readonly destinations?: readonly RedirectUri[];
  /** Whether the app is no longer registered. @default false */
  readonly isUnknown?: boolean;
  /** What of the above has changed. Absent if nothing has, or that is unknown. */
  readonly changed?: {
    /** Its current name. Absent if it is the same. */
    readonly name?: ClientName;
    /** The destinations of the above that it no longer has. Absent if it has them all. */
    readonly left?: readonly RedirectUri[];
  };
  readonly since: Instant;
  /** Accurate to about an hour. Absent if it is unknown. */
  readonly lastUsedAt?: Instant;
  /** When it loses its access without another use. */
  readonly expiresAt: Instant;
  readonly access: readonly AppAccess[];
  /** Its access was to be ended sooner than a person can read the page: nothing was done. @default false */
  readonly tooSoon?: boolean;
}

/** Asks whether to sign out, or says that no person is signed in. */
export interface SignOutView {
  readonly realmName: string;
  /** Each page has its own sign-in, and others are unknown here. @default false */
  readonly isOfOnePage?: boolean;
  /** Absent if no person is signed in. */
  readonly signedIn?: FormView &
    OneClickView & {
      readonly person: Person;
      /** The form was sent sooner than a person can read the page: nothing was done. @default false */
      readonly tooSoon?: boolean;
    };
  /** Where the person may still be signed in. Absent if that is nowhere else. */
  readonly elsewhere?: SignOutElsewhere;
}

/** A place where people sign in elsewhere, and the URL where they sign out there. */
export interface SignOutElsewhere {
  readonly name: string;
  readonly href: string;
}

/**
 * Leads to the client with the authorization response: automatically after an approval, after a denial only to a loopback
 * address, and otherwise only by a click, because the client chose the destination. A destination of an operator's choice
 * (`leadsOn`) is always opened automatically.
 */
export interface AuthorizationResponseView extends ClientMark {
  readonly realmName: string;
  /** The unverified name of the client. */
  readonly clientName: string;
  /** The language of the name, if the client gave one: a BCP 47 tag. */
  readonly clientLanguage?: string;
  readonly outcome: 'approved' | 'denied' | 'refused';
  /** Where the link leads, which is a fact. */
  readonly destination: RedirectUri;
  /** The redirect URI, with the response in it unless it is posted. */
  readonly location: string;
  /** The response, if a form is to be posted there. By hand only, because there are no scripts. */
  readonly fields?: Readonly<Record<string, string>>;
  /**
   * Whether it can continue automatically without an approval: an operator chose the destination, or it is a loopback
   * address. @default false
   */
  readonly leadsOn?: boolean;
  /** The URL where the person ends their grants. Absent if they approved nothing. */
  readonly connectedApps?: string;
  /** The reason of a refusal, for developers: plain text. */
  readonly detail?: string;
}

/** Leads, automatically and by a link, to a page of this server whose URL is too long for a redirect, or to a provider. */
export interface OnwardView {
  readonly realmName: string;
  /** A URL of this server, or of the provider. Its query may contain texts of the client. */
  readonly location: string;
  /** The name of the provider that issues the tokens which the person allowed. Absent: it leads to a page of this server. */
  readonly provider?: string;
}

/** The rules of registration, each with its id as the fragment. */
export interface RulesView {
  readonly realmName: string;
  readonly rules: readonly RuleDescription[];
}

/** Problems without a client to redirect to. */
export type PageProblem =
  /** The request has no `client_id`, or several. */
  | 'client-missing'
  /** The client is unknown or expired. The app has to forget its registration, which no app does by itself. */
  | 'client-unknown'
  /** An operator blocked this client. */
  | 'client-blocked'
  /** It was hibernated, and its registration is no longer acceptable. */
  | 'client-unacceptable'
  /** The `client_id` is the URL of a document that is not acceptable, or of a host whose documents are not accepted. */
  | 'document-refused'
  /** The `client_id` is the URL of a document that cannot be fetched at the moment. */
  | 'document-unavailable'
  /** The request has several redirect URIs, or none although one is required. */
  | 'redirect-uri-missing'
  | 'redirect-uri-unregistered'
  /** A page fetched a URL that only a person can open, by a link. */
  | 'not-followed'
  /** The `request_uri` is unknown, consumed or expired. */
  | 'request-unknown'
  /** The interaction is unknown or expired. */
  | 'transaction-unknown'
  /** The interaction began in another browser, or this one stores no cookies. */
  | 'other-browser'
  /** The browser sends a cookie with a name of this server that this server did not set. */
  | 'cookie-planted'
  /** The decision differs from the one that was made before, which is final. */
  | 'decided-otherwise'
  /** The form does not belong to this page, or the page is too old. */
  | 'form-stale'
  /** The browser returned from a sign-in elsewhere that is unknown, expired, was used, or is of another browser. */
  | 'sign-in-unknown'
  /** The client wants the person to sign in again, and the session elsewhere is older. */
  | 'sign-in-not-recent'
  /** The person cannot sign in this way. */
  | 'sign-in-refused'
  /** The sign-in elsewhere was canceled, refused, or came back with something that does not belong to it. */
  | 'sign-in-declined'
  /** What people sign in with elsewhere does not respond as it should at the moment. */
  | 'sign-in-unavailable'
  /** The provider issued tokens for another person than the one who consented. They are not used. */
  | 'provider-other-person'
  /** The provider that issues the tokens does not respond as it should at the moment. */
  | 'provider-unavailable'
  /** The body is not a form, or too large. */
  | 'form-unreadable'
  /** Too many requests from this address. */
  | 'too-many'
  /** Too many in the whole realm, from unknown browsers. */
  | 'busy'
  /** The page does not exist. For the app around the server. */
  | 'not-found'
  | 'server-error'
  | 'unavailable';

/** The page about a problem. */
export interface ProblemView {
  readonly realmName: string;
  readonly problem: PageProblem;
  /** Details for developers: plain text that may quote the request. */
  readonly detail?: string;
  /** The URL of the rule that refused the app, on the page of rules, for developers. Absent if no rule did. */
  readonly ruleUrl?: string;
  /**
   * Unverified information for guessing the app, so that the page can explain how to make it forget its registration. Must
   * never be displayed, linked or trusted.
   */
  readonly app?: { readonly name?: string | undefined; readonly redirectUri?: string | undefined };
  /**
   * The registered name of the app, if it is known: it passed the policy for names then. An unverified claim, displayed with
   * [unverified]. Absent if the client is unknown, or its name is irrelevant here.
   */
  readonly clientName?: string;
  /** The URL where the person can try again. Absent if that would not help. */
  readonly again?: string;
}
