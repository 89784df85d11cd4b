import type { TrustedIssuer } from '../software-statement/verifier.ts';
import type { Instant, Milliseconds, Seconds } from '../time.ts';
import type { Vendor } from '../brand/vendor.ts';
import { DEFAULT_SERVER_LIMITS, type ServerLimits } from './server-limits.ts';

/** The settings of a realm. The defaults are secure. */
export interface RealmSettings {
  readonly registration: RegistrationSettings;
  readonly metadataDocuments: MetadataDocumentSettings;
  readonly lifetimes: Lifetimes;
  readonly lifecycle: Lifecycle;
  readonly keys: KeySettings;
  readonly consent: ConsentSettings;
  readonly authorization: AuthorizationSettings;
  readonly limits: ServerLimits;
}

/**
 * Settings for clients whose `client_id` is the URL of a document with their metadata. The policy of registration applies to the
 * documents, and the gates of APIs and scopes to the clients.
 *
 * @see {@link https://datatracker.ietf.org/doc/draft-ietf-oauth-client-id-metadata-document/ Client ID Metadata Document}
 */
export interface MetadataDocumentSettings {
  /** The first gate for them: documents are fetched, and the metadata says so. @default false */
  readonly open: boolean;
  /**
   * The hosts whose documents are accepted: `app.example`, `app.example:8443`, or `*.example`, which covers exactly one label.
   * Empty: any host.
   *
   * @default []
   */
  readonly allowedHosts: readonly string[];
  /**
   * The hosts whose documents are refused, which take precedence over allowed ones. Patterns as above; one without a port covers
   * every port.
   *
   * @default []
   */
  readonly refusedHosts: readonly string[];
  /** Documents that are refused, by their whole URL. @default [] */
  readonly refusedDocuments: readonly string[];
  /**
   * How long a client is used as its last document described it while the document cannot be fetched or is not accepted any more,
   * in seconds. Then its refresh tokens are refused.
   *
   * @default 604800, 7 days
   */
  readonly stale: Seconds;
  readonly limits: MetadataDocumentLimits;
}

/** Limits on documents. Beyond one, a page says that there are too many. */
export interface MetadataDocumentLimits {
  /** Documents of clients that were not known per hour from one address (IPv6: one /64). @default 30 */
  readonly perAddressPerHour: number;
  /** Documents of clients that were not known per day in the whole realm. @default 1000 */
  readonly perRealmPerDay: number;
  /** Documents of clients that were not known per day from one host. @default 100 */
  readonly perHostPerDay: number;
}

/** Settings for authorization requests. */
export interface AuthorizationSettings {
  /**
   * Whether every authorization request has to be pushed. The metadata says so. An API can require it for itself.
   *
   * @default false
   * @see {@link https://www.rfc-editor.org/rfc/rfc9126#section-5 RFC 9126 §5}
   */
  readonly pushedRequestsOnly: boolean;
}

/** Settings for consent pages. */
export interface ConsentSettings {
  /**
   * The durations that a person can choose for an approval: seconds, or until they revoke it. The first is preselected; a
   * single one is not asked.
   *
   * @default ["until-revoked", 3600, 86400, 2592000]
   */
  readonly durations: readonly [GrantDuration, ...GrantDuration[]];
  /**
   * How long a page has to be displayed before its form is accepted, in milliseconds: an approval, the end of an app's
   * access, or a sign-out. An earlier form is a click that was meant for something else: it has no effect, and the page is
   * displayed again. The page displays its buttons after this time, and after at least one second. 0: the server accepts
   * every form, for tests and measurements.
   *
   * @default 1000
   */
  readonly minimumReadingTime: Milliseconds;
}

/** How long a grant lasts: seconds, or until the person revokes it. */
export type GrantDuration = Seconds | 'until-revoked';

/** Settings for signing keys. */
export interface KeySettings {
  /** The algorithm of new keys. @default "ES256" */
  readonly algorithm: SigningAlgorithm;
  /** How long a key signs before the next one does, in seconds. @default 7776000, 90 days */
  readonly rotateAfter: Seconds;
  /** How long a new key is published before it signs, in seconds, so that every API has it. @default 3600 */
  readonly publishBefore: Seconds;
  /**
   * Keys that were generated before this time are replaced, whatever their age, because an operator requested it.
   *
   * @default none
   */
  readonly replaceMadeBefore?: Instant;
  /**
   * Whether the replaced keys are compromised: the new key signs at once, and the old ones are not published any more.
   * @default false
   */
  readonly compromised?: boolean;
}

/**
 * @see {@link https://www.rfc-editor.org/rfc/rfc7518#section-3.1 RFC 7518 §3.1}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8037#section-3.1 RFC 8037 §3.1}
 */
export type SigningAlgorithm = 'ES256' | 'EdDSA' | 'RS256';

/** Settings for registration. */
export interface RegistrationSettings extends PolicySettings {
  /** The first gate: the registration endpoint responds, and the metadata advertises it. @default false */
  readonly open: boolean;
  /**
   * How clients can register while registration is open: without a token, within the limits; with an initial access token;
   * or both, where a token replaces the limits.
   *
   * @default "anonymous"
   */
  readonly mode: RegistrationMode;
  readonly management: ManagementSettings;
  /**
   * Whether a duplicate registration from the same network (IPv4 /24, IPv6 /64) within ten minutes gets the same client. Has
   * no effect if clients manage themselves, because each then needs its own token.
   *
   * @default true
   */
  readonly coalesce: boolean;
  /**
   * When a client is stored: at its registration, or when a person first approves it. With `deferred` its `client_id` is an
   * encrypted copy of its metadata, so registrations that lead to nothing store nothing; it is valid for
   * `lifecycle.deferred`. Clients with an initial access token, or with metadata too long for a `client_id`, are still stored
   * at their registration. Clients cannot manage their registration then, and duplicates get clients of their own.
   *
   * @default "immediate"
   */
  readonly persistence: Persistence;
  /**
   * A stricter policy on trial. It changes nothing; what it would have refused is recorded. Absent members are as in the
   * settings.
   *
   * @default none
   */
  readonly candidate?: Partial<Omit<PolicySettings, 'softwareStatements'>>;
  readonly limits: RegistrationLimits;
}

/** When a registered client is stored: at once, or at the first consent. */
export type Persistence = 'immediate' | 'deferred';

/** @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-3 RFC 7591 §3} */
export type RegistrationMode = 'anonymous' | 'initial-access-token' | 'both';

/**
 * Whether clients can read, change and delete their own registration.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7592 RFC 7592}
 */
export interface ManagementSettings {
  /** @default false */
  readonly enabled: boolean;
  /** Whether a client gets a new registration access token with each update, which invalidates the old one. @default true */
  readonly rotateToken: boolean;
}

/** Settings of the policy for client metadata. */
export interface PolicySettings {
  /**
   * What happens to a grant or response type that a dynamic client cannot have: the request is refused, or the value is
   * dropped and the response contains the rest. `client_credentials` is always refused.
   *
   * @default "refuse"
   */
  readonly unsupportedTypes: 'refuse' | 'narrow';
  /** Whether redirect URIs can have a private-use scheme (`cursor://…`). Otherwise they are dropped. @default true */
  readonly privateUseSchemes: boolean;
  /**
   * Names that no client's name may contain or resemble. A short one affects many: `AI` is in `Mailbox`.
   *
   * @default []
   */
  readonly reservedNames: readonly string[];
  /**
   * The allowed hosts of https redirect URIs: `app.example`, `app.example:8443`, or `*.example`, which covers exactly one
   * label. Empty: any host.
   *
   * @default []
   */
  readonly allowedRedirectHosts: readonly string[];
  /**
   * The refused hosts of https redirect URIs, which take precedence over allowed ones. Patterns as above; one without a port
   * covers every port.
   *
   * @default []
   */
  readonly refusedRedirectHosts: readonly string[];
  /** Vendors in addition to those of the directory, whose names require proof. @default [] */
  readonly vendors: readonly Vendor[];
  readonly softwareStatements: SoftwareStatementSettings;
}

/** @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-2.3 RFC 7591 §2.3} */
export interface SoftwareStatementSettings {
  /** The trusted statement issuers. @default [] */
  readonly issuers: readonly TrustedIssuer[];
  /**
   * What happens to a statement of another issuer: the registration is refused, or continues without the statement.
   *
   * @default "ignore"
   */
  readonly untrusted: 'refuse' | 'ignore';
}

/** Limits on registrations; beyond a limit the response is `429`. */
export interface RegistrationLimits {
  /**
   * Requests to register per hour from one address (IPv6: one /64), whatever their result: each costs work and an audit
   * event. An egress range has its own limit.
   *
   * @default 1000
   */
  readonly attemptsPerAddressPerHour: number;
  /** Registrations per hour from one address (IPv6: one /64). Those of web pages are counted separately. @default 5 */
  readonly perAddressPerHour: number;
  /** The limits of a site, an IPv6 /56 with 256 /64 networks, as a multiple of those of one address. @default 4 */
  readonly siteTimes: number;
  /** The limits of an organization, an IPv6 /48 or an IPv4 /24, as a multiple of those of one address. @default 16 */
  readonly organizationTimes: number;
  /** Registrations per day in the whole realm. @default 100 */
  readonly perRealmPerDay: number;
  /**
   * The share of one organization (IPv6 /48, IPv4 /24) in `perRealmPerDay`, in percent, rounded up. 100: all of it.
   *
   * @default 25
   */
  readonly organizationPercentOfDay: number;
  /** Updates of registrations per day in the whole realm, with the same shares as `perRealmPerDay`. @default 10000 */
  readonly updatesPerRealmPerDay: number;
  /**
   * The share of one organization (IPv6 /48, IPv4 /24) in `perOriginPerHour` and `perRedirectUrisPerHour`, in percent,
   * rounded up. 100: all of it.
   *
   * @default 25
   */
  readonly organizationPercentOfHour: number;
  /** Registrations per hour by web pages of one origin, unless the origin belongs to a known vendor. @default 50 */
  readonly perOriginPerHour: number;
  /** Authorizations per hour from one address. Each is stored until it expires. @default 3600 */
  readonly authorizationsPerAddressPerHour: number;
  /**
   * Registrations per hour with the same redirect URI (scheme, host and path). Loopback URIs are not counted, because
   * unrelated programs use the same ones. Neither are those of known vendors, whose users could otherwise be locked out.
   *
   * @default 50
   */
  readonly perRedirectUrisPerHour: number;
  /** The largest number of active clients; concurrent registrations can exceed it slightly. @default 10000 */
  readonly awakeClients: number;
  /** Networks that many people share, such as those of hosted agents. The first match counts. @default [] */
  readonly egressRanges: readonly EgressRange[];
}

/**
 * A network with its own limit, which replaces those for one address and for redirect URIs. The realm's daily limit applies
 * as well. For duplicates, all of it is one network.
 */
export interface EgressRange {
  readonly name: string;
  /** In CIDR notation: `192.0.2.0/24`, `2001:db8::/32`. */
  readonly ranges: readonly string[];
  /** Registrations per hour from the whole range. */
  readonly perHour: number;
  /** Registrations per day from the whole range. @default half of the realm's `perRealmPerDay`, rounded up */
  readonly perDay?: number;
  /** Requests to register per hour from the whole range, whatever their result. @default 100000 */
  readonly attemptsPerHour?: number;
}

/** Settings for the life of unused clients. A blocked client stays until an operator deletes it. */
export interface Lifecycle {
  /** A client that was never used expires after this time, in seconds. @default 3600 */
  readonly unused: Seconds;
  /**
   * How long a client that is not stored yet, because of `registration.persistence`, can be approved for the first time, in
   * seconds; at most 365 days. Clients that registered before a longer time was set keep the shorter one.
   *
   * @default 2592000, 30 days
   */
  readonly deferred: Seconds;
  /**
   * A client that was not used for this time, in seconds, is hibernated until a person approves it again. @default 7776000,
   * 90 days
   */
  readonly dormant: Seconds;
  /** A client that was hibernated for this time, in seconds, expires. @default 31536000, 365 days */
  readonly asleep: Seconds;
  /**
   * How long after its expiry a person's approval can restore a client that was never used, in seconds. 0: never.
   *
   * @default 2592000, 30 days
   */
  readonly restorable: Seconds;
  /** The largest number of expired clients that can be restored: the newest ones. 0: none. @default 1000 */
  readonly restorableClients: number;
}

/** Lifetimes in seconds. Each has an upper limit for settings from an operator: one day, unless stated otherwise. */
export interface Lifetimes {
  /** At most 30 days. @default 900 */
  readonly accessToken: Seconds;
  /** From each use to the next; at most 3650 days. @default 604800 */
  readonly refreshToken: Seconds;
  /**
   * How long a used refresh token still returns the same successor after the first use of that successor. Until then it
   * always does, for lost responses. 0: it is a replay as soon as the successor is used. @default 20
   */
  readonly refreshGrace: Seconds;
  /** @default 60 */
  readonly code: Seconds;
  /** From the authorization request to the person's decision. @default 600 */
  readonly transaction: Seconds;
  /** The session of a person in a browser; at most 365 days. @default 28800 */
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
    persistence: 'immediate',
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
  metadataDocuments: {
    open: false,
    allowedHosts: [],
    refusedHosts: [],
    refusedDocuments: [],
    stale: 604_800,
    limits: { perAddressPerHour: 30, perRealmPerDay: 1_000, perHostPerDay: 100 },
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
    deferred: 2_592_000,
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

/** Settings of which any part can be absent. */
export interface PartialRealmSettings {
  readonly registration?: Partial<
    Omit<RegistrationSettings, 'limits' | 'management' | 'softwareStatements'>
  > & {
    readonly limits?: Partial<RegistrationLimits>;
    readonly management?: Partial<ManagementSettings>;
    readonly softwareStatements?: Partial<SoftwareStatementSettings>;
  };
  readonly metadataDocuments?: Partial<Omit<MetadataDocumentSettings, 'limits'>> & {
    readonly limits?: Partial<MetadataDocumentLimits>;
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
  const { registration, metadataDocuments, lifetimes, lifecycle } = DEFAULT_REALM_SETTINGS;
  const { keys, consent, authorization, limits } = DEFAULT_REALM_SETTINGS;
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
    metadataDocuments: {
      ...metadataDocuments,
      ...chosen.metadataDocuments,
      limits: { ...metadataDocuments.limits, ...chosen.metadataDocuments?.limits },
    },
    lifetimes: { ...lifetimes, ...chosen.lifetimes },
    lifecycle: { ...lifecycle, ...chosen.lifecycle },
    keys: { ...keys, ...chosen.keys },
    consent: { ...consent, ...chosen.consent },
    authorization: { ...authorization, ...chosen.authorization },
    limits: { ...limits, ...chosen.limits },
  };
}
