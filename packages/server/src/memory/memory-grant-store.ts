import type { Instant, Sweeper } from '@vestibule/core';
import { createJournal, type Journal, promised, type Synchronous } from '@vestibule/core/memory';
import type { Grant } from '../records/grant.ts';
import type { GrantStore, ListedGrant } from '../ports/grant-store.ts';
import { key } from './record-key.ts';
import { sweepMap } from './memory-sweep.ts';

interface GrantEntry {
  readonly grant: Grant;
  readonly openedAt?: Instant;
  readonly endedAt?: Instant;
}

interface TokenEntry {
  readonly realm: string;
  readonly grantId: string;
  readonly expiresAt: Instant;
  readonly hash: string;
  readonly family?: string | undefined;
  readonly use?: { readonly at: Instant; readonly seed: string; readonly successor: string };
}

const isOpen = ({ openedAt, endedAt }: GrantEntry): boolean =>
  openedAt !== undefined && endedAt === undefined;

const listed = ({ grant, openedAt }: GrantEntry): ListedGrant => ({
  ...grant,
  ...(openedAt === undefined && { isUnopened: true }),
});

/** Stores grants in memory. For tests and examples. */
export function createMemoryGrantStore(): GrantStore & Sweeper {
  return promised(createGrantTable(createJournal()));
}

/** Grants and their refresh tokens in memory. */
export type GrantTable = Synchronous<GrantStore & Sweeper>;

export function createGrantTable(journal: Journal): GrantTable {
  const grants = journal.map<GrantEntry>();
  const tokens = journal.map<TokenEntry>();
  const find = (realm: string, id: string): GrantEntry | undefined => grants.get(key(realm, id));
  const save = (entry: GrantEntry): void => void grants.set(key(entry.grant.realm, entry.grant.id), entry);
  const saveToken = (token: TokenEntry): void => void tokens.set(key(token.realm, token.hash), token);
  const ofFamily = (realm: string, family: string | undefined): TokenEntry | undefined =>
    family === undefined
      ? undefined
      : [...tokens.values()].find((token) => token.family === family && token.realm === realm);
  const grantOf = (realm: string, token: TokenEntry | undefined): GrantEntry | undefined =>
    token && find(realm, token.grantId);
  /** Deletes the used tokens of a family except for the presented one and the one before it. */
  const forgetBefore = (presented: TokenEntry): void => {
    for (const [place, { realm, grantId, hash, family, use }] of tokens) {
      const isOld = realm === presented.realm && grantId === presented.grantId && family !== undefined;
      const isKept = use === undefined || hash === presented.hash || use.successor === presented.hash;
      if (isOld && !isKept) tokens.delete(place);
    }
  };
  const end = (entry: GrantEntry, at: Instant): void => save({ ...entry, endedAt: at });

  return {
    insert: (grant) => {
      if (find(grant.realm, grant.id) !== undefined) return 'exists';
      save({ grant: structuredClone(grant) });
      return 'inserted';
    },
    open: ({ realm, id, at, expiresAt, token, proofKey, clientMethod }) => {
      const entry = find(realm, id);
      if (entry === undefined) return 'missing';
      if (entry.openedAt !== undefined || entry.endedAt !== undefined) return 'already-open';
      const bound = {
        ...(proofKey !== undefined && { proofKey }),
        ...(clientMethod !== undefined && { clientMethod }),
      };
      save({ grant: { ...entry.grant, expiresAt, ...bound }, openedAt: at });
      if (token !== undefined) saveToken({ realm, grantId: id, ...token });
      return 'opened';
    },
    find: (realm, id) => {
      const entry = find(realm, id);
      return entry === undefined || !isOpen(entry) ? undefined : structuredClone(entry.grant);
    },
    findUnopened: (realm, id) => {
      const entry = find(realm, id);
      const isUnopened = entry?.openedAt === undefined && entry?.endedAt === undefined;
      return isUnopened ? structuredClone(entry?.grant) : undefined;
    },
    listOf: (realm, subject, now, clientId) => {
      const found = [...grants.values()].filter(
        ({ grant, endedAt }) =>
          endedAt === undefined &&
          grant.realm === realm &&
          grant.subject === subject &&
          grant.expiresAt > now &&
          (clientId === undefined || grant.clientId === clientId),
      );
      return structuredClone(found.map(listed)).toSorted(
        (a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1),
      );
    },
    listOfClient: (realm, clientId, now, { after, limit }) => {
      const rest = [...grants.values()]
        .filter(
          ({ grant, endedAt }) =>
            endedAt === undefined &&
            grant.realm === realm &&
            grant.clientId === clientId &&
            grant.expiresAt > now &&
            (after === undefined || grant.id > after),
        )
        .toSorted((a, b) => (a.grant.id < b.grant.id ? -1 : 1));
      const items = structuredClone(rest.slice(0, limit).map(listed));
      const last = items.at(-1);
      return { items, ...(rest.length > limit && last !== undefined && { next: last.id }) };
    },
    listEnded: (realm, since, limit) =>
      [...grants.values()]
        .filter(({ grant, endedAt }) => grant.realm === realm && endedAt !== undefined && endedAt >= since)
        .map(({ grant }) => grant.id)
        .toSorted()
        .slice(0, limit),
    findByRefreshToken: (realm, hash, family) => {
      const entry = grantOf(realm, tokens.get(key(realm, hash)) ?? ofFamily(realm, family));
      return entry === undefined || entry.endedAt !== undefined ? undefined : structuredClone(entry.grant);
    },
    rotate: ({ realm, presented, successor: { seed, ...next }, now, repeatableSince }) => {
      const token = tokens.get(key(realm, presented.hash));
      const entry = grantOf(realm, token ?? ofFamily(realm, presented.family));
      if (entry === undefined || entry.endedAt !== undefined || entry.grant.expiresAt <= now) {
        return { outcome: 'invalid' };
      }
      if (token === undefined) {
        end(entry, now);
        return { outcome: 'replayed' };
      }
      if (token.expiresAt <= now) return { outcome: 'invalid' };
      if (token.use === undefined) {
        saveToken({ ...token, use: { at: now, seed, successor: next.hash } });
        saveToken({ realm, grantId: token.grantId, ...next });
        save({ ...entry, grant: { ...entry.grant, expiresAt: next.expiresAt } });
        forgetBefore(token);
        return { outcome: 'rotated' };
      }
      const successor = tokens.get(key(realm, token.use.successor));
      if (successor !== undefined && (successor.use === undefined || successor.use.at > repeatableSince)) {
        return { outcome: 'repeated', seed: token.use.seed };
      }
      end(entry, now);
      return { outcome: 'replayed' };
    },
    end: (realm, id, at) => {
      const entry = find(realm, id);
      if (entry === undefined || !isOpen(entry)) return undefined;
      end(entry, at);
      return structuredClone(entry.grant);
    },
    endOf: (realm, subject, clientId, at) => {
      const ended = [...grants.values()].filter(
        ({ grant, endedAt }) =>
          grant.realm === realm &&
          grant.subject === subject &&
          grant.clientId === clientId &&
          grant.expiresAt > at &&
          endedAt === undefined,
      );
      for (const entry of ended) end(entry, at);
      return ended.map(({ grant }) => grant.id);
    },
    endAll: (realm, clientId, at) => {
      const ended = [...grants.values()].filter(
        ({ grant, endedAt }) => grant.realm === realm && grant.clientId === clientId && endedAt === undefined,
      );
      for (const entry of ended) end(entry, at);
      return ended.length;
    },
    sweep: (now, limit) => {
      const count =
        sweepMap(tokens, ({ expiresAt }) => expiresAt, now, limit) +
        sweepMap(grants, ({ grant }) => grant.expiresAt, now, limit);
      for (const [place, { realm, grantId }] of tokens) {
        if (find(realm, grantId) === undefined) tokens.delete(place);
      }
      return count;
    },
  };
}
