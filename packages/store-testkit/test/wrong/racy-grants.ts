import type { Sweeper } from '@vestibule/core';
import type { Grant, GrantStore, InteractionStore, ListedGrant } from '@vestibule/server';
import { setImmediate as tick } from 'node:timers/promises';

interface GrantRow {
  readonly grant: Grant;
  readonly opened: boolean;
  readonly endedAt?: number;
}

interface TokenRow {
  readonly of: string;
  readonly expiresAt: number;
  readonly usedAt?: number;
  readonly seed?: string;
  readonly next?: string;
}

const isOpen = ({ opened, endedAt }: GrantRow): boolean => opened && endedAt === undefined;

const listed = ({ grant, opened }: GrantRow): ListedGrant => ({
  ...structuredClone(grant),
  ...(!opened && { isUnopened: true }),
});

/** Grants that are correct for one call at a time: each method reads, waits, and writes what it computed from that. */
export function createRacyGrants(): GrantStore & Sweeper {
  const grants = new Map<string, GrantRow>();
  const tokens = new Map<string, TokenRow>();
  const key = (realm: string, id: string): string => JSON.stringify([realm, id]);
  const read = async <T>(rows: ReadonlyMap<string, T>, place: string): Promise<T | undefined> => {
    const row = rows.get(place);
    await tick();
    return row;
  };

  return {
    insert: async (grant) => {
      const place = key(grant.realm, grant.id);
      if ((await read(grants, place)) !== undefined) return 'exists';
      grants.set(place, { grant: structuredClone(grant), opened: false });
      return 'inserted';
    },
    open: async ({ realm, id, expiresAt, token, proofKey, clientMethod }) => {
      const row = await read(grants, key(realm, id));
      if (row === undefined) return 'missing';
      if (row.opened || row.endedAt !== undefined) return 'already-open';
      const bound = {
        ...(proofKey !== undefined && { proofKey }),
        ...(clientMethod !== undefined && { clientMethod }),
      };
      grants.set(key(realm, id), { grant: { ...row.grant, expiresAt, ...bound }, opened: true });
      if (token !== undefined) {
        tokens.set(key(realm, token.hash), { of: key(realm, id), expiresAt: token.expiresAt });
      }
      return 'opened';
    },
    findByRefreshToken: async (realm, hash) => {
      const row = grants.get(tokens.get(key(realm, hash))?.of ?? '');
      return row === undefined || row.endedAt !== undefined ? undefined : structuredClone(row.grant);
    },
    find: async (realm, id) => {
      const row = grants.get(key(realm, id));
      return row === undefined || !isOpen(row) ? undefined : structuredClone(row.grant);
    },
    findUnopened: async (realm, id) => {
      const row = grants.get(key(realm, id));
      const isUnopened = row !== undefined && !row.opened && row.endedAt === undefined;
      return isUnopened ? structuredClone(row.grant) : undefined;
    },
    listOf: async (realm, subject, now, clientId) =>
      [...grants.values()]
        .filter(({ endedAt }) => endedAt === undefined)
        .map(listed)
        .filter((grant) => grant.realm === realm && grant.subject === subject && grant.expiresAt > now)
        .filter((grant) => clientId === undefined || grant.clientId === clientId)
        .toSorted((a, b) => a.createdAt - b.createdAt),
    listOfClient: async (realm, clientId, now, { after = '', limit }) => {
      const rest = [...grants.values()]
        .filter(({ endedAt }) => endedAt === undefined)
        .map(listed)
        .filter((grant) => grant.realm === realm && grant.clientId === clientId && grant.expiresAt > now)
        .filter(({ id }) => id > after)
        .toSorted((a, b) => (a.id < b.id ? -1 : 1));
      const items = structuredClone(rest.slice(0, limit));
      const last = items.at(-1);
      return { items, ...(rest.length > limit && last !== undefined && { next: last.id }) };
    },
    listEnded: async (realm, since) =>
      [...grants.values()]
        .filter(({ grant, endedAt = -Infinity }) => grant.realm === realm && endedAt >= since)
        .map(({ grant }) => grant.id),
    rotate: async ({ realm, presented, successor, now, repeatableSince }) => {
      const token = tokens.get(key(realm, presented.hash));
      const next = tokens.get(token?.next ?? '');
      const row = await read(grants, token?.of ?? '');
      if (token === undefined || row === undefined || row.endedAt !== undefined || token.expiresAt <= now) {
        return { outcome: 'invalid' };
      }
      const { hash, seed, expiresAt } = successor;
      if (token.usedAt === undefined || token.seed === undefined) {
        tokens.set(key(realm, presented.hash), { ...token, usedAt: now, seed, next: key(realm, hash) });
        tokens.set(key(realm, hash), { of: token.of, expiresAt });
        grants.set(token.of, { ...row, grant: { ...row.grant, expiresAt } });
        return { outcome: 'rotated' };
      }
      if (next !== undefined && (next.usedAt === undefined || next.usedAt > repeatableSince)) {
        return { outcome: 'repeated', seed: token.seed };
      }
      grants.set(token.of, { ...row, endedAt: now });
      return { outcome: 'replayed' };
    },
    end: async (realm, id, at) => {
      const row = await read(grants, key(realm, id));
      if (row === undefined || !isOpen(row)) return undefined;
      grants.set(key(realm, id), { ...row, endedAt: at });
      return structuredClone(row.grant);
    },
    endOf: async (realm, subject, clientId, at) => {
      const rows = [...grants].filter(
        ([, { grant, endedAt }]) =>
          grant.realm === realm &&
          grant.subject === subject &&
          grant.clientId === clientId &&
          grant.expiresAt > at &&
          endedAt === undefined,
      );
      await tick();
      for (const [place, row] of rows) grants.set(place, { ...row, endedAt: at });
      return rows.map(([, { grant }]) => grant.id);
    },
    endAll: async (realm, clientId, at) => {
      const rows = [...grants].filter(
        ([, { grant, endedAt }]) =>
          grant.realm === realm && grant.clientId === clientId && endedAt === undefined,
      );
      await tick();
      for (const [place, row] of rows) grants.set(place, { ...row, endedAt: at });
      return rows.length;
    },
    sweep: async (now, limit) => {
      const expired = [...grants].filter(([, { grant }]) => grant.expiresAt <= now).slice(0, limit);
      for (const [place] of expired) grants.delete(place);
      return expired.length;
    },
  };
}

/** Interactions whose approvals add grants to another store. */
export const grantingTo = (interactions: InteractionStore, grants: GrantStore): InteractionStore => ({
  ...interactions,
  decide: async (realm, id, decision, grant) => {
    if (grant !== undefined && (await grants.findUnopened(grant.realm, grant.id)) !== undefined) {
      throw new Error('The grant exists.');
    }
    const standing = await interactions.decide(realm, id, decision);
    if (standing?.made === true && grant !== undefined) await grants.insert(grant);
    return standing;
  },
});
