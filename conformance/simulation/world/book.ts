import type { Entry } from '../history/history.ts';
import type { Browser, Shown } from './browser.ts';
import type { ApiId, PersonName, RealmId } from './realms.ts';
import type { TokensIssued } from '../history/history.ts';

/** A client, as the agent behind it knows it. */
export interface KnownClient {
  readonly name: string;
  readonly realm: RealmId;
  readonly id: string;
  readonly ip: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Its registration access token, which changes when it is used. */
  registrationToken: string;
  readonly usesProofs: boolean;
  /** Whether an operator or the client itself blocked or deleted it, or tried to. */
  isMeddledWith?: boolean;
}

/** A person's browser. */
export interface KnownBrowser {
  readonly name: string;
  readonly person: PersonName;
  readonly browser: Browser;
}

/** One authorization in a browser. */
export interface Tab {
  readonly name: string;
  readonly of: KnownBrowser;
  readonly client: KnownClient;
  readonly api: ApiId;
  /** Where it began. */
  readonly start: URL;
  /** What is displayed. `undefined`: nothing came back. */
  shown: Shown | undefined;
  /** The form that was submitted last. */
  /** Who is signed in. */
  subject?: string;
  /** Whether the person allowed it for a short time only. */
  isBrief?: boolean;
  posted?: { readonly action: string; readonly fields: URLSearchParams };
}

/** A code that arrived at its client. */
export interface KnownCode {
  readonly name: string;
  readonly code: string;
  readonly client: KnownClient;
  readonly api: ApiId;
  /** Whether the person allowed it for a short time only. */
  readonly isBrief: boolean;
  /** Whether an attacker presented it, or is about to. */
  isContested?: boolean;
  /** What it was exchanged for first. */
  family?: Family;
}

/** The tokens of a grant, as its client knows them. */
export interface Family {
  readonly client: KnownClient;
  readonly api: ApiId;
  readonly usesProofs: boolean;
  /** From the first to the newest. */
  readonly refreshTokens: { readonly name: string; readonly token: string }[];
  readonly accessTokens: { readonly token: string; readonly issued: TokensIssued }[];
  /** Whether something was done that can end it, or after which it may have ended. */
  isSuspect: boolean;
  lastIssuedAt: number;
}

/** Everything that agents, people, operators and attackers know, and what happened. */
export interface Book {
  readonly clients: KnownClient[];
  readonly browsers: KnownBrowser[];
  readonly tabs: Tab[];
  readonly codes: KnownCode[];
  readonly families: Family[];
  readonly initialAccessTokens: {
    readonly realm: RealmId;
    readonly id: string;
    readonly token: string;
    readonly maxUses: number;
  }[];
  readonly history: Entry[];
}
