import type { AuthorizationResponseView, PageProblem } from '@vestibule/server';
import type { Html } from '../html.ts';
import type { KnownAppId } from '../known-apps.ts';

/**
 * Everything that the pages say, in one language. Arguments of type {@link Html} are names or links that are already
 * escaped. A language is complete when it satisfies this type.
 */
export interface Messages {
  /** BCP 47 tag: the `lang` of every page, and the language of dates and durations. */
  readonly language: string;
  /** A moment less than a minute ago. */
  readonly justNow: string;
  /** Around a name that an app chose. */
  readonly quotationMarks: readonly [opening: string, closing: string];
  readonly marker: MarkerMessages;
  readonly destination: DestinationMessages;
  readonly signIn: SignInMessages;
  readonly consent: ConsentMessages;
  readonly notAllowed: NotAllowedMessages;
  readonly authorizationResponse: AuthorizationResponseMessages;
  readonly onward: OnwardMessages;
  readonly connectedApps: ConnectedAppsMessages;
  readonly signOut: SignOutMessages;
  readonly problem: ProblemMessages;
  readonly rules: { readonly heading: string; readonly lead: string };
}

interface MarkerMessages {
  readonly unverified: string;
  readonly verifiedBy: (issuer: string) => string;
  readonly setUpBy: (realm: string) => string;
}

interface DestinationMessages {
  readonly website: string;
  readonly appOnThisComputer: string;
  readonly appThatOpens: (scheme: string) => string;
  readonly withPort: (place: string, port: string) => string;
}

interface SignInMessages {
  readonly title: (realm: string) => string;
  readonly failedTitle: (title: string) => string;
  readonly heading: string;
  readonly toDecide: (app: Html) => Html;
  readonly toSeeApps: string;
  /** The client asked for a new sign-in. */
  readonly again: string;
  readonly alreadySignedIn: (link: Html) => Html;
  readonly continueAs: (name: string) => string;
  readonly username: string;
  readonly password: string;
  readonly submit: string;
  readonly wrongCredentials: string;
  readonly busy: string;
  readonly tooManyAttempts: (minutes: number) => string;
}

interface ConsentMessages {
  readonly title: (api: string) => string;
  readonly asks: (app: Html, api: Html) => Html;
  readonly stale: string;
  readonly tooSoon: string;
  readonly nothingSelected: string;
  readonly setUpByOperator: (realm: Html) => Html;
  readonly verifiedBy: (issuer: Html) => Html;
  /** The host of the document that describes the app, to which the person is sent. */
  readonly verifiedByOwnHost: (host: Html) => Html;
  /** The host of the document that describes the app, of which only an app with a key can use the access. */
  readonly verifiedByKey: (host: Html) => Html;
  /** Only the document of the app gives its name. */
  readonly describedOnly: (host: Html) => Html;
  /** The app is on this computer, where other programs can say that they are it. */
  readonly describesPrograms: string;
  /** The app is at another website than its document. */
  readonly sentElsewhere: string;
  readonly claimsToBe: (vendor: Html) => Html;
  readonly claimUnchecked: string;
  readonly unverified: string;
  readonly nameIsFree: string;
  /** Another program can impersonate an app whose name is confirmed. */
  readonly imitatedByProgram: string;
  readonly imitatedByApp: string;
  readonly registered: (ago: string) => string;
  /** When an app that is described by a document first came here. */
  readonly firstSeen: (ago: string) => string;
  readonly mayHaveChanged: string;
  readonly approveOnlyIf: string;
  /** The client is hibernated. */
  readonly paused: (day: string, ago: string) => { readonly since: string; readonly effect: string };
  readonly facts: string;
  /** The host of the document that describes the app. */
  readonly describedBy: string;
  readonly describedByDetail: string;
  readonly sentTo: string;
  readonly actsAs: string;
  readonly otherPerson: (link: Html) => Html;
  readonly signInAsOther: string;
  readonly uses: string;
  readonly scopes: string;
  readonly newScopes: string;
  readonly heldScopes: string;
  readonly heldNote: string;
  readonly howLong: string;
  readonly untilRevoked: string;
  readonly forDuration: (duration: string) => string;
  readonly lastsUntilRevoked: string;
  readonly lastsFor: (duration: string) => string;
  readonly deny: string;
  readonly approve: string;
  readonly losesAccess: (duration: string) => string;
  readonly remembered: string;
  readonly askedAgain: string;
  readonly endAnyTime: (link: Html) => Html;
  readonly connectedApps: string;
}

/** The person may not let apps use this API. */
interface NotAllowedMessages {
  readonly title: (api: string) => string;
  readonly heading: (api: Html) => Html;
  readonly lead: (person: Html, api: Html) => Html;
  readonly whomToAsk: (realm: Html, api: Html) => Html;
  readonly otherAccount: string;
  readonly useOther: string;
  readonly goBack: string;
}

interface AuthorizationResponseMessages {
  readonly outcome: Readonly<
    Record<
      AuthorizationResponseView['outcome'],
      { readonly heading: string; readonly explanation: (app: Html) => Html }
    >
  >;
  readonly warned: (place: Html, explanation: string) => Html;
  readonly optional: (place: Html, explanation: string) => Html;
  readonly posted: (place: Html, explanation: string) => Html;
  readonly redirecting: (place: Html, explanation: string) => Html;
  readonly continueTo: (place: string) => string;
  readonly closePage: string;
  readonly endAnyTime: (link: Html) => Html;
  readonly connectedApps: string;
  readonly forDevelopers: string;
}

interface OnwardMessages {
  readonly title: string;
  readonly heading: string;
  readonly explanation: string;
  /** Instead of the explanation, if the page leads to the provider with this name. */
  readonly toProvider: (provider: string) => string;
  readonly submit: string;
}

interface ConnectedAppsMessages {
  readonly heading: string;
  readonly endedTitle: (title: string) => string;
  readonly lead: (person: Html, realm: Html) => Html;
  readonly none: (realm: Html) => Html;
  /** An app whose name is unknown. */
  readonly unknownApp: string;
  readonly unregistered: string;
  readonly ended: (app: Html) => Html;
  readonly endedBefore: (app: Html) => Html;
  readonly tokensLast: (duration: string) => string;
  readonly changed: string;
  readonly nameNow: (app: Html) => Html;
  readonly leftPlaces: (places: Html) => Html;
  readonly alsoAllowedAs: (app: Html) => Html;
  readonly sentTo: (place: Html) => Html;
  /** The person may not let apps use this API at present. */
  readonly stopped: (api: Html) => Html;
  readonly until: (minute: string) => string;
  readonly since: (minute: string) => string;
  readonly lastUsed: (ago: string) => string;
  readonly expires: (minute: string) => string;
  readonly tooSoon: string;
  readonly endAccess: string;
  readonly endAccessOf: (app: string) => string;
  readonly signedInAs: (person: Html) => Html;
  readonly signOut: string;
}

interface SignOutMessages {
  readonly question: string;
  readonly signedInHere: (person: Html) => Html;
  readonly signedInOnPage: (person: Html) => Html;
  readonly appsKeepAccess: string;
  readonly tooSoon: string;
  readonly submit: string;
  readonly done: string;
  readonly browserSignedOut: string;
  readonly pageSignedOut: string;
  readonly otherPages: string;
  readonly stillSignedIn: (place: Html) => Html;
  readonly signOutElsewhere: (place: Html) => Html;
}

export interface ProblemWords {
  readonly heading: string;
  readonly explanation: string;
  readonly advice: string;
}

interface ProblemMessages {
  readonly kinds: Readonly<Record<PageProblem, ProblemWords>>;
  readonly formerName: (app: Html) => Html;
  readonly forgetInOther: string;
  readonly forgetByApp: string;
  /** How to make each known app forget its registration. */
  readonly forget: Readonly<Record<KnownAppId, ForgetSteps>>;
  readonly forDevelopers: string;
  readonly aboutRule: string;
  readonly tryAgain: string;
}

/** How to make one app forget its registration. */
export interface ForgetSteps {
  readonly app: string;
  readonly steps: string;
}
