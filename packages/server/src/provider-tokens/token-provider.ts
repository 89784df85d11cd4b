import type { Clock, Instant } from '@vestibule/core';

/**
 * A provider whose tokens some APIs accept instead of those of this server: it issues them to this server, as its one client.
 * `providerTokens()` of `@vestibule/upstream` is one.
 *
 * The server checks everything that binds a trip to its browser, its interaction and its approval before it calls a method, and
 * compares the person before it believes the result.
 */
export interface TokenProvider {
  /** What people call the provider. */
  readonly name: string;
  /** The APIs that accept tokens of the provider. */
  readonly apis: readonly ProviderTokenApi[];
  /** Begins the trip of a browser to the provider, after the person has consented here. */
  begin(trip: TokenTrip): Promise<TripBeginning>;
  /** Continues when the browser returns. `state` was checked: it is of this browser and this trip, and was not used before. */
  complete(trip: TokenTrip, parameters: URLSearchParams): Promise<TripOutcome>;
  /** Refreshes tokens. Called for one grant at a time. */
  refresh(refreshing: Refreshing): Promise<RefreshOutcome>;
  /**
   * Revokes a refresh token, at best. A failure is ignored.
   *
   * @default nothing is revoked at the provider
   * @see {@link https://www.rfc-editor.org/rfc/rfc7009#section-2 RFC 7009 §2}
   */
  readonly revoke?: (refreshToken: string, clock: Clock) => Promise<void>;
}

/** An API that accepts tokens of a provider. */
export interface ProviderTokenApi {
  /** Its resource indicator, as in the realm. */
  readonly resource: string;
  /** The scopes of the realm that the provider knows, by whatever names. */
  readonly scopes: readonly string[];
}

/** One trip of a browser to the provider. */
export interface TokenTrip {
  /** The resource indicator of the API. */
  readonly resource: string;
  /** The scopes of the realm that the person approved, as far as the gates allow them. */
  readonly scopes: readonly string[];
  /** Whether the agent can refresh: the provider is asked for a refresh token. */
  readonly refreshable: boolean;
  /** The absolute address that the browser returns to. It is the same for every trip, and is not that of sign-ins. */
  readonly returnTo: string;
  /** Tells trips apart, as the parameter `state`. */
  readonly state: string;
  /** A secret of this browser for one `state` and one purpose, such as a PKCE verifier: 43 characters of base64url. */
  readonly secretFor: (purpose: string, state: string) => string;
  /** The person who consented was not the one whom the provider signed in before: let them choose the account. */
  readonly wantsOtherPerson: boolean;
  readonly clock: Clock;
}

/** How a trip begins. */
export type TripBeginning =
  | { readonly kind: 'redirect'; readonly location: string | URL }
  /** The provider cannot be reached, or cannot issue these scopes. */
  | { readonly kind: 'unavailable' };

/** How a trip ended. */
export type TripOutcome =
  | {
      readonly kind: 'obtained';
      /** The person as the sign-in names them: the subject of this server, from the ID token of the same response. */
      readonly subject: string;
      readonly tokens: ProvidedTokens;
    }
  /** The person or the provider refused. */
  | { readonly kind: 'declined' }
  | { readonly kind: 'unavailable' };

/** Tokens that a provider issued for a grant. */
export interface ProvidedTokens {
  readonly accessToken: string;
  /** The `jti` of the access token, if it has one that can be read. */
  readonly id?: string;
  /** When the access token expires. Absent: the provider does not say. */
  readonly expiresAt?: Instant;
  /** The scopes of the realm that the access token has: none beyond the requested ones. */
  readonly scopes: readonly string[];
  /** Never leaves this server. */
  readonly refreshToken?: string;
}

/** A refresh at the provider. */
export interface Refreshing extends Pick<TokenTrip, 'resource' | 'scopes' | 'clock'> {
  readonly refreshToken: string;
  /** Whether the scopes are fewer than the person approved. */
  readonly isNarrowed: boolean;
}

/** The result of a refresh at the provider. */
export type RefreshOutcome =
  | { readonly kind: 'refreshed'; readonly tokens: ProvidedTokens }
  /** The access token has more than was requested, and must not be passed on. The refresh token may have been replaced. */
  | { readonly kind: 'too-wide'; readonly refreshToken?: string }
  /** The provider has ended the access (`invalid_grant`). */
  | { readonly kind: 'ended' }
  /** The provider cannot respond at the moment: the same refresh token can be used again. */
  | { readonly kind: 'unavailable' };
