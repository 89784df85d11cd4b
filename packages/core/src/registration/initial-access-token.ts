import type { Instant } from '../time.ts';

/**
 * A token that an operator issues for registrations, as it is stored: its hash, never the token.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-3.1 RFC 7591 §3.1}
 */
export interface InitialAccessToken extends ClientBounds {
  readonly realm: string;
  /** The name of the token for operators. Not secret. */
  readonly id: string;
  readonly hash: string;
  /** A note of the operator about its purpose. */
  readonly note?: string;
  readonly createdAt: Instant;
  /** When it expires. */
  readonly expiresAt: Instant;
  /** How many clients can be registered with it. */
  readonly maxUses: number;
  /** How many were registered with it. */
  readonly uses: number;
  readonly revokedAt?: Instant;
}

/** The bounds of clients that were registered with a token. The gates apply in addition. */
export interface ClientBounds {
  /**
   * The hosts of https redirect URIs of these clients, as patterns. They replace the realm's list of allowed hosts and
   * exclude private-use schemes; hosts that the realm refuses stay refused. Absent: as in the realm.
   */
  readonly redirectHosts?: readonly string[];
  /** The scopes that these clients can have at most. Absent: those that are open to dynamic clients. */
  readonly scopes?: readonly string[];
  /** The APIs that these clients can use, by resource indicator. Absent: those that are open to dynamic clients. */
  readonly resources?: readonly string[];
}

/** The bounds that a token sets for its clients; `undefined` if it sets none. */
export function boundsOf({ redirectHosts, scopes, resources }: InitialAccessToken): ClientBounds | undefined {
  const bounds = {
    ...(redirectHosts !== undefined && { redirectHosts }),
    ...(scopes !== undefined && { scopes }),
    ...(resources !== undefined && { resources }),
  };
  return Object.keys(bounds).length === 0 ? undefined : bounds;
}

/** Why a known token is unusable at a time; `undefined` if it is usable. */
export function whyUnusable(
  { revokedAt, expiresAt, uses, maxUses }: InitialAccessToken,
  now: Instant,
): 'revoked' | 'expired' | 'spent' | undefined {
  if (revokedAt !== undefined) return 'revoked';
  if (expiresAt <= now) return 'expired';
  return isSpent({ uses, maxUses }) ? 'spent' : undefined;
}

/** Whether a token has registered as many clients as it can. */
export const isSpent = ({ uses, maxUses }: Pick<InitialAccessToken, 'uses' | 'maxUses'>): boolean =>
  uses >= maxUses;
