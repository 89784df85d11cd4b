import type { AuditLog, Instant, Sweeper } from '@vestibule/core';
import { createMemoryAuditLog } from '@vestibule/core/memory';
import type { AuthorizationCode } from '../records/authorization-code.ts';
import type { Grant } from '../records/grant.ts';
import type { GrantStore, ListedGrant } from '../ports/grant-store.ts';
import { key } from './record-key.ts';
import { createMemoryOneTimeStore, type MemoryOneTimeStore } from './memory-one-time-store.ts';
import { sweepMap } from './memory-sweep.ts';

interface GrantEntry {
  grant: Grant;
  openedAt?: Instant;
  endedAt?: Instant;
}

interface TokenEntry {
  readonly of: GrantEntry;
  readonly expiresAt: Instant;
  readonly hash: string;
  readonly family: string | undefined;
  use?: { readonly at: Instant; readonly seed: string; readonly successor: TokenEntry };
}

const isOpen = ({ openedAt, endedAt }: GrantEntry): boolean =>
  openedAt !== undefined && endedAt === undefined;

const listed = ({ grant, openedAt }: GrantEntry): ListedGrant => ({
  ...grant,
  ...(openedAt === undefined && { isUnopened: true }),
});

/** Other stores in memory that change together with grants. */
export interface BesideGrants {
  readonly codes: MemoryOneTimeStore<AuthorizationCode>;
  readonly audit: AuditLog;
}

/** Grants in memory, with what another store in memory needs to add one together with its own change. */
export interface MemoryGrantStore extends GrantStore, Sweeper {
  /**
   * Adds a grant without waiting.
   *
   * @throws Error if a grant has its id
   */
  insertNow(grant: Grant): void;
}

/** Stores grants in memory. For tests and examples. */
export function createMemoryGrantStore({
  codes = createMemoryOneTimeStore(),
  audit = createMemoryAuditLog(),
}: Partial<BesideGrants> = {}): MemoryGrantStore {
  const grants = new Map<string, GrantEntry>();
  const tokens = new Map<string, TokenEntry>();
  const ofFamily = (realm: string, family: string | undefined): TokenEntry | undefined =>
    family === undefined
      ? undefined
      : [...tokens.values()].find((token) => token.family === family && token.of.grant.realm === realm);

  return {
    insert: async (grant) => {
      const place = key(grant.realm, grant.id);
      if (grants.has(place)) return 'exists';
      grants.set(place, { grant: structuredClone(grant) });
      return 'inserted';
    },
    insertNow: (grant) => {
      const place = key(grant.realm, grant.id);
      if (grants.has(place)) throw new Error('The grant exists.');
      grants.set(place, { grant: structuredClone(grant) });
    },
    open: async ({ realm, id, code, at, expiresAt, token, proofKey, events = [] }) => {
      if (code !== undefined && !codes.has(realm, code, at)) return 'code-invalid';
      const entry = grants.get(key(realm, id));
      if (entry === undefined) return 'missing';
      if (entry.openedAt !== undefined || entry.endedAt !== undefined) return 'already-open';
      entry.openedAt = at;
      entry.grant = { ...entry.grant, expiresAt, ...(proofKey !== undefined && { proofKey }) };
      if (token !== undefined) tokens.set(key(realm, token.hash), { of: entry, family: undefined, ...token });
      // Each call changes its store before its first `await`, so nothing happens in between.
      const taken = code === undefined ? undefined : codes.take(realm, code, at);
      await Promise.all([taken, ...events.map((event) => audit.record(event))]);
      return 'opened';
    },
    find: async (realm, id) => {
      const entry = grants.get(key(realm, id));
      return entry === undefined || !isOpen(entry) ? undefined : structuredClone(entry.grant);
    },
    findUnopened: async (realm, id) => {
      const entry = grants.get(key(realm, id));
      const isUnopened = entry?.openedAt === undefined && entry?.endedAt === undefined;
      return isUnopened ? structuredClone(entry?.grant) : undefined;
    },
    listOf: async (realm, subject, now, clientId) => {
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
    listOfClient: async (realm, clientId, now, { after, limit }) => {
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
    listEnded: async (realm, since, limit) =>
      [...grants.values()]
        .filter(({ grant, endedAt }) => grant.realm === realm && endedAt !== undefined && endedAt >= since)
        .map(({ grant }) => grant.id)
        .toSorted()
        .slice(0, limit),
    findByRefreshToken: async (realm, hash, family) => {
      const entry = (tokens.get(key(realm, hash)) ?? ofFamily(realm, family))?.of;
      return entry === undefined || entry.endedAt !== undefined ? undefined : structuredClone(entry.grant);
    },
    rotate: async ({ realm, presented, successor, now, repeatableSince }) => {
      const token = tokens.get(key(realm, presented.hash));
      const entry = (token ?? ofFamily(realm, presented.family))?.of;
      if (entry === undefined || entry.endedAt !== undefined || entry.grant.expiresAt <= now) {
        return { outcome: 'invalid' };
      }
      if (token === undefined) {
        entry.endedAt = now;
        return { outcome: 'replayed' };
      }
      if (token.expiresAt <= now) return { outcome: 'invalid' };
      if (token.use === undefined) {
        const { hash, expiresAt, family } = successor;
        const next: TokenEntry = { of: token.of, hash, expiresAt, family };
        token.use = { at: now, seed: successor.seed, successor: next };
        tokens.set(key(realm, successor.hash), next);
        token.of.grant = { ...token.of.grant, expiresAt: successor.expiresAt };
        for (const [place, old] of tokens) {
          const isOld = old.of === token.of && old.family !== undefined && old.use !== undefined;
          if (isOld && old !== token && old.use?.successor !== token) tokens.delete(place);
        }
        return { outcome: 'rotated' };
      }
      const { use: nextUse } = token.use.successor;
      if (nextUse === undefined || nextUse.at > repeatableSince) {
        return { outcome: 'repeated', seed: token.use.seed };
      }
      token.of.endedAt = now;
      return { outcome: 'replayed' };
    },
    end: async (realm, id, at) => {
      const entry = grants.get(key(realm, id));
      if (entry === undefined || entry.openedAt === undefined || entry.endedAt !== undefined) {
        return undefined;
      }
      entry.endedAt = at;
      return structuredClone(entry.grant);
    },
    endOf: async (realm, subject, clientId, at) => {
      const ended = [...grants.values()].filter(
        ({ grant, endedAt }) =>
          grant.realm === realm &&
          grant.subject === subject &&
          grant.clientId === clientId &&
          grant.expiresAt > at &&
          endedAt === undefined,
      );
      for (const entry of ended) entry.endedAt = at;
      return ended.map(({ grant }) => grant.id);
    },
    endAll: async (realm, clientId, at) => {
      const ended = [...grants.values()].filter(
        ({ grant, endedAt }) => grant.realm === realm && grant.clientId === clientId && endedAt === undefined,
      );
      for (const entry of ended) entry.endedAt = at;
      return ended.length;
    },
    sweep: async (now, limit) => {
      const count =
        sweepMap(tokens, ({ expiresAt }) => expiresAt, now, limit) +
        sweepMap(grants, ({ grant }) => grant.expiresAt, now, limit);
      const living = new Set(grants.values());
      for (const [hash, { of }] of tokens) if (!living.has(of)) tokens.delete(hash);
      return count;
    },
  };
}
