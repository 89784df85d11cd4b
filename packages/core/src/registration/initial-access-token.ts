import type { Instant } from '../time.ts';

/**
 * What an operator gives to somebody whose software may register, as it is kept: the hash of it, never itself.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-3.1 RFC 7591 §3.1}
 */
export interface InitialAccessToken extends ClientBounds {
  readonly realm: string;
  /** What operators call it by. Worth nothing. */
  readonly id: string;
  readonly hash: string;
  /** The operator's own words on what it is for. */
  readonly note?: string;
  readonly createdAt: Instant;
  /** From this moment on it is not valid. */
  readonly expiresAt: Instant;
  /** How many clients may be registered with it. */
  readonly maxUses: number;
  /** How many have been. */
  readonly uses: number;
  readonly revokedAt?: Instant;
}

/** What clients may have that were registered with a token. No more than the gates let through, whatever it names. */
export interface ClientBounds {
  /**
   * The hosts that https redirect URIs of these clients may lead to, as patterns. They are accepted where the realm's own
   * list does not name them, and no others are, nor private-use schemes; hosts that the realm refuses stay refused. Absent: as the realm has it.
   */
  readonly redirectHosts?: readonly string[];
  /** The scopes that these clients may hold at most. Absent: what is open to dynamic clients. */
  readonly scopes?: readonly string[];
  /** The APIs that these clients may name, by resource indicator. Absent: those that are open to dynamic clients. */
  readonly resources?: readonly string[];
}

/** What a token names for its clients; `undefined` where it leaves all to the realm. */
export function boundsOf({ redirectHosts, scopes, resources }: InitialAccessToken): ClientBounds | undefined {
  const bounds = {
    ...(redirectHosts !== undefined && { redirectHosts }),
    ...(scopes !== undefined && { scopes }),
    ...(resources !== undefined && { resources }),
  };
  return Object.keys(bounds).length === 0 ? undefined : bounds;
}

/** Why a token that is known cannot be used at a moment; `undefined` where it can. */
export function whyUnusable(
  { revokedAt, expiresAt, uses, maxUses }: InitialAccessToken,
  now: Instant,
): 'revoked' | 'expired' | 'spent' | undefined {
  if (revokedAt !== undefined) return 'revoked';
  if (expiresAt <= now) return 'expired';
  return isSpent({ uses, maxUses }) ? 'spent' : undefined;
}

/** Whether a token has registered as many clients as it may. */
export const isSpent = ({ uses, maxUses }: Pick<InitialAccessToken, 'uses' | 'maxUses'>): boolean =>
  uses >= maxUses;
