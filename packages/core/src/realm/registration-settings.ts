import type { TrustedIssuer } from '../software-statement/verifier.ts';
import type { Vendor } from '../brand/vendor.ts';

/** Settings for registration: whether clients can register, how, and what the policy accepts. */
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
  /** Whether a registered client gets a registration access token and the address for it. @default false */
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

/**
 * Settings for software statements: which issuers are trusted to describe clients, and what happens to statements of others.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-2.3 RFC 7591 §2.3}
 */
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
 * as well. For duplicates, all of it is one network. Metadata documents of clients that were not known are counted apart from
 * registrations, with the same numbers.
 */
export interface EgressRange {
  /** Its own name. What it uses is counted under this name. */
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
