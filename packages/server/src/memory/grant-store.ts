import { after, type Instant } from '@vestibule/core';
import type { Grant } from '../grant/grant.ts';
import type { GrantStore } from '../grant/grant-store.ts';
import { key } from './key.ts';

interface GrantEntry {
  readonly grant: Grant;
  openedAt?: Instant;
  endedAt?: Instant;
}

interface TokenEntry {
  readonly grant: GrantEntry;
  readonly expiresAt: Instant;
  use?: { readonly at: Instant; readonly seed: string; readonly successor: TokenEntry };
}

/** Keeps grants while the process lives. For tests and first steps. */
export function createMemoryGrantStore(): GrantStore {
  const grants = new Map<string, GrantEntry>();
  const tokens = new Map<string, TokenEntry>();

  return {
    insert: async (grant) => {
      const place = key(grant.realm, grant.id);
      if (grants.has(place)) return 'exists';
      grants.set(place, { grant: structuredClone(grant) });
      return 'inserted';
    },
    open: async (realm, id, at, token) => {
      const grant = grants.get(key(realm, id));
      if (grant === undefined || grant.openedAt !== undefined) return 'missing';
      grant.openedAt = at;
      if (token !== undefined) tokens.set(key(realm, token.hash), { grant, expiresAt: token.expiresAt });
      return 'opened';
    },
    findByRefreshToken: async (realm, hash) => {
      const entry = tokens.get(key(realm, hash));
      return entry === undefined || entry.grant.endedAt !== undefined
        ? undefined
        : structuredClone(entry.grant.grant);
    },
    rotate: async ({ realm, presented, successor, now, grace }) => {
      const entry = tokens.get(key(realm, presented));
      if (entry === undefined || entry.grant.endedAt !== undefined || entry.expiresAt <= now) {
        return { outcome: 'invalid' };
      }
      if (entry.use === undefined) {
        const next: TokenEntry = { grant: entry.grant, expiresAt: successor.expiresAt };
        entry.use = { at: now, seed: successor.seed, successor: next };
        tokens.set(key(realm, successor.hash), next);
        return { outcome: 'rotated' };
      }
      if (now < after(entry.use.at, grace) && entry.use.successor.use === undefined) {
        return { outcome: 'repeated', seed: entry.use.seed };
      }
      entry.grant.endedAt = now;
      return { outcome: 'replayed' };
    },
    end: async (realm, id, at) => {
      const entry = grants.get(key(realm, id));
      if (entry === undefined || entry.openedAt === undefined || entry.endedAt !== undefined)
        return undefined;
      entry.endedAt = at;
      return structuredClone(entry.grant);
    },
  };
}
