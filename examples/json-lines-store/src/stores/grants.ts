import type { Sweeper } from '@vestibule/core';
import type { Synchronous } from '@vestibule/core/memory';
import type { Grant, GrantStore, ListedGrant } from '@vestibule/server';
import type { Ledger } from './ledger.ts';
import { pageOf } from './page.ts';
import { createTable } from './table.ts';

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

/** Grants with their refresh tokens. */
export function createGrants(ledger: Ledger): Synchronous<GrantStore & Sweeper> {
  const grants = createTable<GrantRow>(ledger, 'grants', ({ grant }) => [grant.realm, grant.id]);
  const tokens = createTable<TokenRow>(ledger, 'tokens', ({ realm, hash }) => [realm, hash]);
  const unended = (realm: string, isMeant: (grant: Grant) => boolean): readonly GrantRow[] =>
    grants
      .all()
      .filter(({ grant, endedAt }) => endedAt === undefined && grant.realm === realm && isMeant(grant));

  /** The grant of a token, unless it has ended. A token that is not stored is recognized by the secret of its family. */
  const living = (realm: string, hash: string, family: string | undefined): GrantRow | undefined => {
    const isOfFamily = (token: TokenRow): boolean => token.realm === realm && token.family === family;
    const token =
      tokens.find(realm, hash) ?? (family === undefined ? undefined : tokens.all().find(isOfFamily));
    const row = token && grants.find(realm, token.grantId);
    return row?.endedAt === undefined ? row : undefined;
  };
  /** Deletes the used tokens of a family except for the presented one and the one before it. */
  const forgetBefore = (presented: TokenRow): void =>
    void tokens.remove(
      ({ realm, hash, grantId, family, successor }) =>
        realm === presented.realm &&
        grantId === presented.grantId &&
        family !== undefined &&
        successor !== undefined &&
        hash !== presented.hash &&
        successor.hash !== presented.hash,
    );

  return {
    insert: (grant) => grants.insert({ grant }),
    open: ({ realm, id, at, expiresAt, token, proofKey, clientMethod }) => {
      const row = grants.find(realm, id);
      if (row === undefined) return 'missing';
      if (row.openedAt !== undefined || row.endedAt !== undefined) return 'already-open';
      const bound = {
        ...(proofKey !== undefined && { proofKey }),
        ...(clientMethod !== undefined && { clientMethod }),
      };
      grants.set({ grant: { ...row.grant, expiresAt, ...bound }, openedAt: at });
      if (token !== undefined) tokens.set({ realm, grantId: id, ...token });
      return 'opened';
    },
    find: (realm, id) => {
      const row = grants.find(realm, id);
      return row !== undefined && isOpen(row) ? row.grant : undefined;
    },
    findUnopened: (realm, id) => {
      const row = grants.find(realm, id);
      return row?.openedAt === undefined && row?.endedAt === undefined ? row?.grant : undefined;
    },
    listOf: (realm, subject, now, clientId) =>
      unended(realm, (grant) => grant.subject === subject && grant.expiresAt > now)
        .map(listed)
        .filter((grant) => clientId === undefined || grant.clientId === clientId)
        .toSorted((a, b) => a.createdAt - b.createdAt),
    listOfClient: (realm, clientId, now, page) => {
      const rows = unended(realm, (grant) => grant.clientId === clientId && grant.expiresAt > now);
      return pageOf(rows.map(listed), ({ id }) => id, page);
    },
    listEnded: (realm, since, limit) =>
      grants
        .all()
        .filter(({ grant, endedAt = -Infinity }) => grant.realm === realm && endedAt >= since)
        .map(({ grant }) => grant.id)
        .slice(0, limit),
    findByRefreshToken: (realm, hash, family) => living(realm, hash, family)?.grant,
    rotate: ({ realm, presented, successor, now, repeatableSince }) => {
      const row = living(realm, presented.hash, presented.family);
      const token = tokens.find(realm, presented.hash);
      if (row === undefined || row.grant.expiresAt <= now) return { outcome: 'invalid' };
      if (token !== undefined && token.expiresAt <= now) return { outcome: 'invalid' };
      if (token !== undefined && token.successor === undefined) {
        const { seed, ...next } = successor;
        tokens.set({ ...token, usedAt: now, successor: { hash: next.hash, seed } });
        tokens.set({ realm, grantId: token.grantId, ...next });
        forgetBefore(token);
        grants.set({ ...row, grant: { ...row.grant, expiresAt: next.expiresAt } });
        return { outcome: 'rotated' };
      }
      const { seed, hash } = token?.successor ?? {};
      const next = hash === undefined ? undefined : tokens.find(realm, hash);
      if (seed !== undefined && next !== undefined && (next.usedAt ?? Infinity) > repeatableSince) {
        return { outcome: 'repeated', seed };
      }
      grants.set({ ...row, endedAt: now });
      return { outcome: 'replayed' };
    },
    end: (realm, id, at) => {
      const row = grants.find(realm, id);
      if (row === undefined || !isOpen(row)) return undefined;
      grants.set({ ...row, endedAt: at });
      return row.grant;
    },
    endOf: (realm, subject, clientId, at) => {
      const rows = unended(
        realm,
        (grant) => grant.subject === subject && grant.clientId === clientId && grant.expiresAt > at,
      );
      for (const row of rows) grants.set({ ...row, endedAt: at });
      return rows.map(({ grant }) => grant.id);
    },
    endAll: (realm, clientId, at) => {
      const rows = unended(realm, (grant) => grant.clientId === clientId);
      for (const row of rows) grants.set({ ...row, endedAt: at });
      return rows.length;
    },
    sweep: (now, limit) => {
      const count =
        tokens.remove(({ expiresAt }) => expiresAt <= now, limit) +
        grants.remove(({ grant }) => grant.expiresAt <= now, limit);
      tokens.remove(({ realm, grantId }) => grants.find(realm, grantId) === undefined);
      return count;
    },
  };
}
