import type { AuditEvent } from '@vestibule/core';
import type { AuthorizationCode, Grant, GrantStore, RotationOutcome } from '@vestibule/server';
import type { Ledger } from './ledger.ts';
import type { OneTime } from './one-time.ts';
import { createRecords } from './records.ts';

interface GrantRow {
  readonly grant: Grant;
  readonly openedAt?: number;
  readonly endedAt?: number;
}

interface TokenRow {
  readonly realm: string;
  readonly hash: string;
  readonly grantId: string;
  readonly expiresAt: number;
  readonly usedAt?: number;
  readonly successor?: { readonly hash: string; readonly seed: string };
}

const isOpen = ({ openedAt, endedAt }: GrantRow): boolean => openedAt !== undefined && endedAt === undefined;

/**
 * Grants with their refresh tokens. An operation runs alone, so each of these may look first and write then.
 *
 * @param record records events as a part of an operation
 */
export function createGrants(
  ledger: Ledger,
  codes: Pick<OneTime<AuthorizationCode>, 'isGood' | 'takeNow'>,
  record: (events: readonly AuditEvent[]) => void,
): GrantStore & { readonly sweep: (now: number, limit: number) => number } {
  const grants = createRecords<GrantRow>(ledger, 'grants', ({ grant }) => [grant.realm, grant.id]);
  const tokens = createRecords<TokenRow>(ledger, 'tokens', ({ realm, hash }) => [realm, hash]);
  const save = (row: GrantRow): void => grants.set(row, row.grant.realm, row.grant.id);
  const saveToken = (row: TokenRow): void => tokens.set(row, row.realm, row.hash);

  /** A token with its grant, unless that has ended. */
  const living = (realm: string, hash: string): { token: TokenRow; row: GrantRow } | undefined => {
    const token = tokens.get(realm, hash);
    const row = token && grants.get(realm, token.grantId);
    return token === undefined || row === undefined || row.endedAt !== undefined ? undefined : { token, row };
  };

  return {
    insert: (grant) => grants.insert({ grant }),
    open: ({ realm, id, code, at, expiresAt, token, proofKey, events = [] }) =>
      ledger.operate(() => {
        const row = grants.get(realm, id);
        if (code !== undefined && !codes.isGood(realm, code, at)) return 'code-invalid';
        if (row === undefined) return 'missing';
        if (row.openedAt !== undefined || row.endedAt !== undefined) return 'already-open';
        if (code !== undefined) codes.takeNow(realm, code, at);
        record(events);
        const bound = proofKey === undefined ? {} : { proofKey };
        save({ grant: { ...row.grant, expiresAt, ...bound }, openedAt: at });
        if (token !== undefined) saveToken({ realm, grantId: id, ...token });
        return 'opened';
      }),
    find: (realm, id) =>
      ledger.operate(() => {
        const row = grants.get(realm, id);
        return row !== undefined && isOpen(row) ? row.grant : undefined;
      }),
    listOf: (realm, subject, now, clientId) =>
      ledger.operate(() =>
        grants
          .all()
          .filter(isOpen)
          .map(({ grant }) => grant)
          .filter((grant) => grant.realm === realm && grant.subject === subject && grant.expiresAt > now)
          .filter((grant) => clientId === undefined || grant.clientId === clientId)
          .toSorted((a, b) => a.createdAt - b.createdAt),
      ),
    listEnded: (realm, since, limit) =>
      ledger.operate(() =>
        grants
          .all()
          .filter(({ grant, endedAt = -Infinity }) => grant.realm === realm && endedAt >= since)
          .map(({ grant }) => grant.id)
          .slice(0, limit),
      ),
    findByRefreshToken: (realm, hash) => ledger.operate(() => living(realm, hash)?.row.grant),
    rotate: ({ realm, presented, successor, now, repeatableSince }) =>
      ledger.operate((): RotationOutcome => {
        const { token, row } = living(realm, presented) ?? {};
        if (token === undefined || row === undefined || token.expiresAt <= now) return { outcome: 'invalid' };
        if (token.usedAt === undefined || token.successor === undefined) {
          const { hash, seed, expiresAt } = successor;
          saveToken({ ...token, usedAt: now, successor: { hash, seed } });
          saveToken({ realm, hash, grantId: token.grantId, expiresAt });
          save({ ...row, grant: { ...row.grant, expiresAt } });
          return { outcome: 'rotated' };
        }
        const next = tokens.get(realm, token.successor.hash);
        if (token.usedAt > repeatableSince && next?.usedAt === undefined) {
          return { outcome: 'repeated', seed: token.successor.seed };
        }
        save({ ...row, endedAt: now });
        return { outcome: 'replayed' };
      }),
    end: (realm, id, at) =>
      ledger.operate(() => {
        const row = grants.get(realm, id);
        if (row?.openedAt === undefined || row.endedAt !== undefined) return undefined;
        save({ ...row, endedAt: at });
        return row.grant;
      }),
    endOf: (realm, subject, clientId, at) =>
      ledger.operate(() => {
        const unended = grants
          .all()
          .filter(
            ({ grant, endedAt }) =>
              grant.realm === realm && grant.subject === subject && endedAt === undefined,
          )
          .filter(({ grant }) => grant.clientId === clientId && grant.expiresAt > at);
        for (const row of unended) save({ ...row, endedAt: at });
        return unended.map(({ grant }) => grant.id);
      }),
    endAll: (realm, clientId, at) =>
      ledger.operate(() => {
        const unended = grants
          .all()
          .filter(
            ({ grant, endedAt }) =>
              grant.realm === realm && grant.clientId === clientId && endedAt === undefined,
          );
        for (const row of unended) save({ ...row, endedAt: at });
        return unended.length;
      }),
    sweep: (now, limit) => {
      const count =
        tokens.sweep(({ expiresAt }) => expiresAt <= now, limit) +
        grants.sweep(({ grant }) => grant.expiresAt <= now, limit);
      tokens.sweep(({ realm, grantId }) => grants.get(realm, grantId) === undefined, Infinity);
      return count;
    },
  };
}
