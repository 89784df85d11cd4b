import type { AuditLog } from '../ports/audit-log.ts';
import type { Clock } from '../ports/clock.ts';
import type { Hash } from '../ports/hash.ts';
import type { InitialAccessTokenStore } from '../ports/initial-access-token-store.ts';
import type { ProcessCounts } from '../limits/process-counts.ts';
import type { RealmDirectory } from '../ports/realm-directory.ts';
import { type InitialAccessToken, whyUnusable } from './initial-access-token.ts';
import { isRegistrationOpen } from '../gates/gates.ts';
import { findRealm } from '../realm/find.ts';
import type { Realm } from '../realm/realm.ts';
import type { Instant, Seconds } from '../time.ts';
import { isCoalescing } from './fingerprint.ts';
import { attempt } from './limits.ts';
import type { RegistrationSource } from './registration-source.ts';

/** Whether a registration is admitted, before its body is read. */
export type Admission =
  | Admitted
  /** A token is required and missing, or the presented one is unusable. */
  | { readonly outcome: 'unauthorized'; readonly token: 'missing' | 'invalid' }
  /** Too many requests. */
  | { readonly outcome: 'limited'; readonly retryAfter: Seconds }
  | { readonly outcome: 'closed' };

/** An admitted registration, in the realm as it was then. */
export interface Admitted {
  readonly outcome: 'admitted';
  readonly realm: Realm;
  /** When the realm was read. */
  readonly at: Instant;
  readonly source: RegistrationSource;
  /** The initial access token of the request. A used-up token can only get a client that it has registered. */
  readonly token?: InitialAccessToken;
}

export interface AdmissionOptions {
  readonly realms: RealmDirectory;
  readonly initialAccessTokens?: InitialAccessTokenStore | undefined;
  /** Counts attempts. */
  readonly counts: ProcessCounts;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly hash: Hash;
}

/**
 * Checks whether a registration is admitted. If tokens count, an unusable one is refused even in a mode that needs none,
 * because its holder means to use it. If they do not count, a token is ignored. A usable token is not subject to the limit
 * on attempts, so that other clients behind the same address do not block it.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-3 RFC 7591 §3}
 */
export async function admit(
  { realms, initialAccessTokens, counts, audit, clock, hash }: AdmissionOptions,
  realmId: string,
  source: RegistrationSource,
  presented: string | undefined,
): Promise<Admission> {
  const at = clock();
  const realm = await findRealm(realms, realmId);
  if (realm === undefined || !isRegistrationOpen(realm)) return { outcome: 'closed' };
  const now = clock();
  const { mode } = realm.settings.registration;
  const token =
    mode === 'anonymous' || presented === undefined
      ? undefined
      : await initialAccessTokens?.findByHash(realmId, initialAccessTokenHash(hash, presented));
  const why = token && whyUnusable(token, now);
  if (token !== undefined && why === undefined) return { outcome: 'admitted', realm, at, source, token };

  const attempted = attempt(counts, realm, source, now);
  if (!attempted.allowed) {
    const { retryAfter, isFirst } = attempted;
    const event = { type: 'registration.limited', limit: 'attempts' } as const;
    if (isFirst) await audit.record({ ...event, realm: realmId, at: now, ip: source.ip });
    return { outcome: 'limited', retryAfter };
  }
  if (mode === 'anonymous' || (mode === 'both' && presented === undefined)) {
    return { outcome: 'admitted', realm, at, source };
  }
  // Agents register twice in a row, and the second registration may be a duplicate.
  if (token !== undefined && why === 'spent' && isCoalescing(realm)) {
    return { outcome: 'admitted', realm, at, source, token };
  }
  await audit.record({
    type: 'registration.unauthorized',
    realm: realmId,
    at: now,
    ip: source.ip,
    reason: why ?? (presented === undefined ? 'missing' : 'unknown'),
    ...(token !== undefined && { initialAccessTokenId: token.id }),
  });
  return { outcome: 'unauthorized', token: presented === undefined ? 'missing' : 'invalid' };
}

/** The hash under which an initial access token is stored. */
export const initialAccessTokenHash = (hash: Hash, token: string): string =>
  hash(`initial-access-token:${token}`);
