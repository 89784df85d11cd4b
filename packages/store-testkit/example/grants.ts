import type { AuditEvent } from '@vestibule/core/audit';
import type { AuthorizationCode, Grant, GrantStore, ListedGrant, RotationOutcome } from '@vestibule/server';
import type { Ledger } from './ledger.ts';
import type { OneTime } from './one-time.ts';
import { createRecords } from './records.ts';
import { pageOf } from './page.ts';

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
  readonly family?: string;
  readonly usedAt?: number;
  readonly successor?: { readonly hash: string; readonly seed: string };
}

const isOpen = ({ openedAt, endedAt }: GrantRow): boolean => openedAt !== undefined && endedAt === undefined;

const listed = ({ grant, openedAt }: GrantRow): ListedGrant => ({
  ...grant,
  ...(openedAt === undefined && { isUnopened: true }),
});

/**
 * Grants with their refresh tokens. Operations are serialized, so each of these can read first and write afterwards.
 *
 * @param record records events as a part of an operation
 */
export function createGrants(
  ledger: Ledger,
  codes: Pick<OneTime<AuthorizationCode>, 'isGood' | 'takeNow'>,
  record: (events: readonly AuditEvent[]) => void,
): GrantStore & {
  readonly sweep: (now: number, limit: number) => number;
  /** Adds a grant as a part of an operation. */
  readonly insertNow: (grant: Grant) => void;
} {
  const grants = createRecords<GrantRow>(ledger, 'grants', ({ grant }) => [grant.realm, grant.id]);
  const tokens = createRecords<TokenRow>(ledger, 'tokens', ({ realm, hash }) => [realm, hash]);
  const save = (row: GrantRow): void => grants.set(row, row.grant.realm, row.grant.id);
  const saveToken = (row: TokenRow): void => tokens.set(row, row.realm, row.hash);

  /** The grant of a token, unless it has ended. A token that is not stored is recognized by the secret of its family. */
  const living = (realm: string, hash: string, family: string | undefined): GrantRow | undefined => {
    const isOfFamily = (token: TokenRow): boolean => token.realm === realm && token.family === family;
    const token =
      tokens.get(realm, hash) ?? (family === undefined ? undefined : tokens.all().find(isOfFamily));
    const row = token && grants.get(realm, token.grantId);
    return row?.endedAt === undefined ? row : undefined;
  };
  /** Deletes the used tokens of a family except for the presented one and the one before it. */
  const forget = (presented: TokenRow): void => {
    const isForgotten = ({ realm, hash, grantId, family, successor }: TokenRow): boolean =>
      realm === presented.realm &&
      grantId === presented.grantId &&
      family !== undefined &&
      successor !== undefined &&
      hash !== presented.hash &&
      successor.hash !== presented.hash;
    tokens.sweep(isForgotten, Infinity);
  };

  return {
    insert: (grant) => grants.insert({ grant }),
    insertNow: (grant) => {
      if (grants.get(grant.realm, grant.id) !== undefined) throw new Error('The grant exists.');
      save({ grant });
    },
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
    findUnopened: (realm, id) =>
      ledger.operate(() => {
        const row = grants.get(realm, id);
        return row?.openedAt === undefined && row?.endedAt === undefined ? row?.grant : undefined;
      }),
    listOf: (realm, subject, now, clientId) =>
      ledger.operate(() =>
        grants
          .all()
          .filter(({ endedAt }) => endedAt === undefined)
          .map(listed)
          .filter((grant) => grant.realm === realm && grant.subject === subject && grant.expiresAt > now)
          .filter((grant) => clientId === undefined || grant.clientId === clientId)
          .toSorted((a, b) => a.createdAt - b.createdAt),
      ),
    listOfClient: (realm, clientId, now, page) =>
      ledger.operate(() =>
        pageOf(
          grants
            .all()
            .filter(({ endedAt }) => endedAt === undefined)
            .map(listed)
            .filter((grant) => grant.realm === realm && grant.clientId === clientId && grant.expiresAt > now),
          ({ id }) => id,
          page,
        ),
      ),
    listEnded: (realm, since, limit) =>
      ledger.operate(() =>
        grants
          .all()
          .filter(({ grant, endedAt = -Infinity }) => grant.realm === realm && endedAt >= since)
          .map(({ grant }) => grant.id)
          .slice(0, limit),
      ),
    findByRefreshToken: (realm, hash, family) => ledger.operate(() => living(realm, hash, family)?.grant),
    rotate: ({ realm, presented, successor, now, repeatableSince }) =>
      ledger.operate((): RotationOutcome => {
        const row = living(realm, presented.hash, presented.family);
        const token = tokens.get(realm, presented.hash);
        if (row === undefined || row.grant.expiresAt <= now) return { outcome: 'invalid' };
        if (token !== undefined && token.expiresAt <= now) return { outcome: 'invalid' };
        if (token !== undefined && token.successor === undefined) {
          const { seed, ...next } = successor;
          saveToken({ ...token, usedAt: now, successor: { hash: next.hash, seed } });
          saveToken({ realm, grantId: token.grantId, ...next });
          forget(token);
          save({ ...row, grant: { ...row.grant, expiresAt: next.expiresAt } });
          return { outcome: 'rotated' };
        }
        const { seed, hash } = token?.successor ?? {};
        const next = hash === undefined ? undefined : tokens.get(realm, hash);
        if (seed !== undefined && next !== undefined && (next.usedAt ?? Infinity) > repeatableSince) {
          return { outcome: 'repeated', seed };
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
