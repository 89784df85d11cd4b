import type { Instant, Milliseconds, Seconds } from '../time.ts';
import type { MetadataDocumentLimits, MetadataDocumentSettings } from './metadata-document-settings.ts';
import type {
  ManagementSettings,
  RegistrationLimits,
  RegistrationSettings,
  SoftwareStatementSettings,
} from './registration-settings.ts';
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
   * A client that was not used for this time, in seconds, is hibernated until a person approves it again. Many people share a client
   * with a metadata document: what each of them allowed ends instead, at each destination. @default 7776000, 90 days
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
  /**
   * How long an access token is valid; at most 30 days. An API that verifies tokens locally accepts one until then, whatever was
   * revoked.
   *
   * @default 900
   */
  readonly accessToken: Seconds;
  /** How long a refresh token can be used, from each use to the next; at most 3650 days. @default 604800 */
  readonly refreshToken: Seconds;
  /**
   * How long a used refresh token still returns the same successor after the first use of that successor. Until then it
   * always does, for lost responses. 0: it is a replay as soon as the successor is used. @default 20
   */
  readonly refreshGrace: Seconds;
  /** How long an authorization code can be exchanged, from the approval on. @default 60 */
  readonly code: Seconds;
  /** How long a person has to sign in and decide, from the authorization request on. @default 600 */
  readonly transaction: Seconds;
  /** How long a person stays signed in in a browser; at most 365 days. @default 28800 */
  readonly session: Seconds;
  /** How long a pushed authorization request can be used. @default 60 */
  readonly pushedRequest: Seconds;
  /** How long an ID token is valid. @default 300 */
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
    verifyRegistrations: false,
    snapshots: [],
    limits: { perAddressPerHour: 30, perRealmPerDay: 1_000, perHostPerDay: 100, clients: 10_000 },
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
