import type { TrustedIssuer } from '../software-statement/verifier.ts';
import type { Instant, Milliseconds, Seconds } from '../time.ts';
import type { Vendor } from '../brand/vendor.ts';
import { DEFAULT_SERVER_LIMITS, type ServerLimits } from './server-limits.ts';

/** What an operator decides for a realm. The defaults are the safe ones. */
export interface RealmSettings {
  readonly registration: RegistrationSettings;
  readonly lifetimes: Lifetimes;
  readonly lifecycle: Lifecycle;
  readonly keys: KeySettings;
  readonly consent: ConsentSettings;
  readonly authorization: AuthorizationSettings;
  readonly limits: ServerLimits;
}

/** How clients may ask for authorization. */
export interface AuthorizationSettings {
  /**
   * Whether every authorization request has to be pushed first. The metadata says so. An API may ask it for itself alone.
   *
   * @default false
   * @see {@link https://www.rfc-editor.org/rfc/rfc9126#section-5 RFC 9126 §5}
   */
  readonly pushedRequestsOnly: boolean;
}

/** What a person may choose where they decide. */
export interface ConsentSettings {
  /**
   * For how long a person may let a client in: seconds, or until they revoke it. The first is chosen at first; where there
   * is only one, it is not asked.
   *
   * @default ["until-revoked", 3600, 86400, 2592000]
   */
  readonly durations: readonly [GrantDuration, ...GrantDuration[]];
  /**
   * How long a page has to have been displayed before an approval counts, and likewise the end of an app's access and a
   * sign-out: an answer that comes sooner is a click that was meant for something else. It decides nothing, and the page is
   * displayed again. The page itself brings its buttons in after this time, and after one second at the least. 0: the
   * server takes every answer, for tests and measurements.
   *
   * @default 1000
   */
  readonly minimumReadingTime: Milliseconds;
}

export type GrantDuration = Seconds | 'until-revoked';

/** What the realm signs with. */
export interface KeySettings {
  /** Of keys that are made from now on. @default "ES256" */
  readonly algorithm: SigningAlgorithm;
  /** How long a key signs before the next one takes over. @default 7776000, 90 days */
  readonly rotateAfter: Seconds;
  /** How long a new key is published before it signs, so that every API has it by then. @default 3600 */
  readonly publishBefore: Seconds;
  /** Keys made before this moment are replaced, whatever their age: an operator said so. @default none */
  readonly replaceMadeBefore?: Instant;
  /** Whether what replaces them signs at once, and they are published no more: somebody else has them. @default false */
  readonly compromised?: boolean;
}

/**
 * @see {@link https://www.rfc-editor.org/rfc/rfc7518#section-3.1 RFC 7518 §3.1}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8037#section-3.1 RFC 8037 §3.1}
 */
export type SigningAlgorithm = 'ES256' | 'EdDSA' | 'RS256';

/** How clients may introduce themselves. */
export interface RegistrationSettings extends PolicySettings {
  /** The first gate: the registration endpoint answers, and the metadata advertises it. @default false */
  readonly open: boolean;
  /**
   * Who may come through the open door: anybody, within the limits; whoever has an initial access token; or both, where a
   * token lifts the limits.
   *
   * @default "anonymous"
   */
  readonly mode: RegistrationMode;
  readonly management: ManagementSettings;
  /**
   * Whether the same registration from the same network (IPv4 /24, IPv6 /64) within ten minutes gets the same client.
   * Not where clients manage themselves, because each then needs a token of its own.
   *
   * @default true
   */
  readonly coalesce: boolean;
  /**
   * A stricter policy on trial. It changes nothing; what it would have refused is taken down. Members that are left out
   * are as they are.
   *
   * @default none
   */
  readonly candidate?: Partial<Omit<PolicySettings, 'softwareStatements'>>;
  readonly limits: RegistrationLimits;
}

/** @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-3 RFC 7591 §3} */
export type RegistrationMode = 'anonymous' | 'initial-access-token' | 'both';

/**
 * How clients may read, change and delete their own registration.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7592 RFC 7592}
 */
export interface ManagementSettings {
  /** @default false */
  readonly enabled: boolean;
  /** Whether a client gets a new registration access token with each update; the old one is then void. @default true */
  readonly rotateToken: boolean;
}

/** What the policy asks of a client's metadata. */
export interface PolicySettings {
  /**
   * What happens to a grant or response type that a dynamic client cannot have: the request is refused, or the
   * value is dropped and the answer shows what was kept. `client_credentials` is refused in both.
   *
   * @default "refuse"
   */
  readonly unsupportedTypes: 'refuse' | 'narrow';
  /** Whether redirect URIs may have a private-use scheme (`cursor://…`). Where not, they are dropped. @default true */
  readonly privateUseSchemes: boolean;
  /**
   * Names that no client may carry or resemble, as a part of its own name. A short one hits a lot: `AI` is in `Mailbox`.
   *
   * @default []
   */
  readonly reservedNames: readonly string[];
  /**
   * The hosts that https redirect URIs may lead to: `app.example`, `app.example:8443`, or `*.example`, which is one label
   * deep. None named: any host.
   *
   * @default []
   */
  readonly allowedRedirectHosts: readonly string[];
  /**
   * The hosts that no https redirect URI may lead to, allowed or not. Patterns as above; one without a port is for every
   * port.
   *
   * @default []
   */
  readonly refusedRedirectHosts: readonly string[];
  /** Vendors besides those of the directory, whose names ask for proof. @default [] */
  readonly vendors: readonly Vendor[];
  readonly softwareStatements: SoftwareStatementSettings;
}

/** @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-2.3 RFC 7591 §2.3} */
export interface SoftwareStatementSettings {
  /** Whose statements count. @default [] */
  readonly issuers: readonly TrustedIssuer[];
  /** What happens to a statement of anybody else: the registration is refused, or goes on as if there was none. @default "ignore" */
  readonly untrusted: 'refuse' | 'ignore';
}

/** How much strangers may ask for; past a limit the answer is `429`. */
export interface RegistrationLimits {
  /**
   * Requests to register from one address (IPv6: one /64), in an hour, whatever becomes of them: each costs a look and a
   * line in the audit. A range that the operator names below has a bound of its own.
   *
   * @default 1000
   */
  readonly attemptsPerAddressPerHour: number;
  /** Registrations from one address (IPv6: one /64), in an hour. Those of web pages are counted by themselves. @default 5 */
  readonly perAddressPerHour: number;
  /** How many times the limits for one address a site has: an IPv6 /56, with its 256 networks of a /64. @default 4 */
  readonly siteTimes: number;
  /** How many times the limits for one address an organization has: an IPv6 /48 or an IPv4 /24. @default 16 */
  readonly organizationTimes: number;
  /** Registrations in the whole realm, in a day. @default 100 */
  readonly perRealmPerDay: number;
  /**
   * How much of `perRealmPerDay` one organization (IPv6 /48, IPv4 /24) may use, in percent, rounded up. 100: all of it.
   *
   * @default 25
   */
  readonly organizationPercentOfDay: number;
  /** Updates of registrations by clients themselves in the whole realm, in a day; shared as `perRealmPerDay` is. @default 10000 */
  readonly updatesPerRealmPerDay: number;
  /**
   * How much of `perOriginPerHour` and of `perRedirectUrisPerHour` one organization (IPv6 /48, IPv4 /24) may use, in percent,
   * rounded up. 100: all of it.
   *
   * @default 25
   */
  readonly organizationPercentOfHour: number;
  /** Registrations by the web pages of one origin, in an hour, unless the origin is a known vendor's. @default 50 */
  readonly perOriginPerHour: number;
  /** Authorizations begun from one address, in an hour. Each is kept until it expires. @default 3600 */
  readonly authorizationsPerAddressPerHour: number;
  /**
   * Registrations that lead to the same place (scheme, host and path), in an hour. The person's own computer is no such
   * place: programs that have nothing to do with each other use the same addresses there. A known vendor's place is not
   * counted: strangers could lock the vendor's users out.
   *
   * @default 50
   */
  readonly perRedirectUrisPerHour: number;
  /** Clients that are awake, at most; near enough where many register at once. @default 10000 */
  readonly awakeClients: number;
  /** Networks that many people share, such as those that a hosted agent calls from. The first that fits counts. @default [] */
  readonly egressRanges: readonly EgressRange[];
}

/**
 * A network with a limit of its own, in the place of those for one address and for redirect URIs. The realm's limit for the
 * day counts, too. All of it is one network where the same registration comes twice.
 */
export interface EgressRange {
  readonly name: string;
  /** In CIDR notation: `192.0.2.0/24`, `2001:db8::/32`. */
  readonly ranges: readonly string[];
  /** Registrations from all of it together, in an hour. */
  readonly perHour: number;
  /** Registrations from all of it together, in a day. @default half of the realm's `perRealmPerDay`, rounded up */
  readonly perDay?: number;
  /** Requests to register from all of it together, in an hour, whatever becomes of them. @default 100000 */
  readonly attemptsPerHour?: number;
}

/** What becomes of clients that nobody uses. Who is blocked stays until an operator deletes it. */
export interface Lifecycle {
  /** A client that was never used is gone after this. @default 3600 */
  readonly unused: Seconds;
  /** A client that was not used for so long sleeps: a person's consent wakes it. @default 7776000, 90 days */
  readonly dormant: Seconds;
  /** A client that slept for so long is gone. @default 31536000, 365 days */
  readonly asleep: Seconds;
  /**
   * A client that expired without ever being used is restored by a person's consent for so long afterwards. 0: never.
   *
   * @default 2592000, 30 days
   */
  readonly restorable: Seconds;
  /** Of so many clients what can restore them is kept at most: the newest. 0: of none. @default 1000 */
  readonly restorableClients: number;
}

/**
 * How long things live. Where settings are read from an operator, each has a bound: one day, unless it says another.
 */
export interface Lifetimes {
  /** At most 30 days. @default 900 */
  readonly accessToken: Seconds;
  /** From each use to the next; at most 3650 days. @default 604800 */
  readonly refreshToken: Seconds;
  /**
   * How long a used refresh token still yields the same successor once that successor was first used. Until then it always
   * does, for answers that got lost. 0: it is a replay as soon as the successor was used. @default 20
   */
  readonly refreshGrace: Seconds;
  /** @default 60 */
  readonly code: Seconds;
  /** From the authorization request to the person's decision. @default 600 */
  readonly transaction: Seconds;
  /** A person's signed-in browser; at most 365 days. @default 28800 */
  readonly session: Seconds;
  /** From a pushed authorization request to its use. @default 60 */
  readonly pushedRequest: Seconds;
  /** @default 300 */
  readonly idToken: Seconds;
}

/** The defaults: every gate closed. */
export const DEFAULT_REALM_SETTINGS: RealmSettings = {
  registration: {
    open: false,
    unsupportedTypes: 'refuse',
    privateUseSchemes: true,
    reservedNames: [],
    allowedRedirectHosts: [],
    refusedRedirectHosts: [],
    vendors: [],
    softwareStatements: { issuers: [], untrusted: 'ignore' },
    mode: 'anonymous',
    management: { enabled: false, rotateToken: true },
    coalesce: true,
    limits: {
      attemptsPerAddressPerHour: 1_000,
      perAddressPerHour: 5,
      siteTimes: 4,
      organizationTimes: 16,
      perRealmPerDay: 100,
      organizationPercentOfDay: 25,
      updatesPerRealmPerDay: 10_000,
      organizationPercentOfHour: 25,
      perOriginPerHour: 50,
      authorizationsPerAddressPerHour: 3_600,
      perRedirectUrisPerHour: 50,
      awakeClients: 10_000,
      egressRanges: [],
    },
  },
  lifetimes: {
    accessToken: 900,
    refreshToken: 604_800,
    refreshGrace: 20,
    code: 60,
    transaction: 600,
    session: 28_800,
    pushedRequest: 60,
    idToken: 300,
  },
  lifecycle: {
    unused: 3_600,
    dormant: 7_776_000,
    asleep: 31_536_000,
    restorable: 2_592_000,
    restorableClients: 1_000,
  },
  keys: { algorithm: 'ES256', rotateAfter: 7_776_000, publishBefore: 3_600 },
  consent: { durations: ['until-revoked', 3_600, 86_400, 2_592_000], minimumReadingTime: 1_000 },
  authorization: { pushedRequestsOnly: false },
  limits: DEFAULT_SERVER_LIMITS,
};

/** Settings where any part may be left out. */
export interface PartialRealmSettings {
  readonly registration?: Partial<
    Omit<RegistrationSettings, 'limits' | 'management' | 'softwareStatements'>
  > & {
    readonly limits?: Partial<RegistrationLimits>;
    readonly management?: Partial<ManagementSettings>;
    readonly softwareStatements?: Partial<SoftwareStatementSettings>;
  };
  readonly lifetimes?: Partial<Lifetimes>;
  readonly lifecycle?: Partial<Lifecycle>;
  readonly keys?: Partial<KeySettings>;
  readonly consent?: Partial<ConsentSettings>;
  readonly authorization?: Partial<AuthorizationSettings>;
  readonly limits?: Partial<ServerLimits>;
}

/**
 * The settings that were chosen, with the defaults for all others. Nothing is checked: use it for settings that were checked
 * when they were chosen, such as those of a stored realm.
 */
export function withDefaultSettings(chosen: PartialRealmSettings): RealmSettings {
  const { registration, lifetimes, lifecycle, keys, consent, authorization, limits } = DEFAULT_REALM_SETTINGS;
  return {
    registration: {
      ...registration,
      ...chosen.registration,
      limits: { ...registration.limits, ...chosen.registration?.limits },
      management: { ...registration.management, ...chosen.registration?.management },
      softwareStatements: {
        ...registration.softwareStatements,
        ...chosen.registration?.softwareStatements,
      },
    },
    lifetimes: { ...lifetimes, ...chosen.lifetimes },
    lifecycle: { ...lifecycle, ...chosen.lifecycle },
    keys: { ...keys, ...chosen.keys },
    consent: { ...consent, ...chosen.consent },
    authorization: { ...authorization, ...chosen.authorization },
    limits: { ...limits, ...chosen.limits },
  };
}
