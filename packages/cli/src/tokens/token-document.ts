import type { Instant } from '@vestibule/core';
import { type InitialAccessToken, whyUnusable } from '@vestibule/core/registration';
import { isoTime } from '../output/time.ts';

/** The state of a token. */
export type TokenState = 'usable' | 'revoked' | 'expired' | 'spent';

export const tokenState = (token: InitialAccessToken, now: Instant): TokenState =>
  whyUnusable(token, now) ?? 'usable';

/** An initial access token as JSON: all its details except the token value and its hash. */
export function tokenDocument(record: InitialAccessToken, now: Instant): object {
  const { id, realm, note, createdAt, expiresAt, maxUses, uses, revokedAt } = record;
  const { redirectHosts, scopes, resources } = record;
  return {
    id,
    realm,
    ...(note !== undefined && { note }),
    state: tokenState(record, now),
    maxUses,
    uses,
    createdAt: isoTime(createdAt),
    expiresAt: isoTime(expiresAt),
    ...(revokedAt !== undefined && { revokedAt: isoTime(revokedAt) }),
    ...(redirectHosts !== undefined && { redirectHosts }),
    ...(scopes !== undefined && { scopes }),
    ...(resources !== undefined && { resources }),
  };
}
