import type { Seconds } from '../time.ts';

/** What an operator decides for a realm. The defaults are the safe ones. */
export interface RealmSettings {
  readonly registration: RegistrationSettings;
  readonly lifetimes: Lifetimes;
}

/** How clients may introduce themselves. */
export interface RegistrationSettings {
  /** The first gate: the registration endpoint answers, and the metadata advertises it. @default false */
  readonly open: boolean;
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
  /** The hosts that no https redirect URI may lead to, allowed or not. Patterns as above. @default [] */
  readonly refusedRedirectHosts: readonly string[];
  readonly limits: RegistrationLimits;
}

/** How much strangers may ask for; past a limit the answer is `429`. */
export interface RegistrationLimits {
  /** Registrations from one address (IPv6: one /64), in an hour. @default 5 */
  readonly perAddressPerHour: number;
  /** Registrations in the whole realm, in a day. @default 100 */
  readonly perRealmPerDay: number;
  /** Authorizations begun from one address, in an hour. Each is kept until it expires. @default 3600 */
  readonly authorizationsPerAddressPerHour: number;
}

/** How long things live. */
export interface Lifetimes {
  /** @default 900 */
  readonly accessToken: Seconds;
  /** From each use to the next. @default 604800 */
  readonly refreshToken: Seconds;
  /** How long a used refresh token still yields the same successor, for answers that got lost. @default 20 */
  readonly refreshGrace: Seconds;
  /** @default 60 */
  readonly code: Seconds;
  /** From the authorization request to the person's decision. @default 600 */
  readonly transaction: Seconds;
  /** A person's signed-in browser. @default 28800 */
  readonly session: Seconds;
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
    limits: { perAddressPerHour: 5, perRealmPerDay: 100, authorizationsPerAddressPerHour: 3_600 },
  },
  lifetimes: {
    accessToken: 900,
    refreshToken: 604_800,
    refreshGrace: 20,
    code: 60,
    transaction: 600,
    session: 28_800,
  },
};

/** Settings where any part may be left out. */
export interface PartialRealmSettings {
  readonly registration?: Partial<Omit<RegistrationSettings, 'limits'>> & {
    readonly limits?: Partial<RegistrationLimits>;
  };
  readonly lifetimes?: Partial<Lifetimes>;
}

/** The defaults, with what an operator decided otherwise. */
export function realmSettings(chosen: PartialRealmSettings = {}): RealmSettings {
  const { registration, lifetimes } = DEFAULT_REALM_SETTINGS;
  return {
    registration: {
      ...registration,
      ...chosen.registration,
      limits: { ...registration.limits, ...chosen.registration?.limits },
    },
    lifetimes: { ...lifetimes, ...chosen.lifetimes },
  };
}
