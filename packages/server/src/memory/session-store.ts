import type { Sweeper } from '@vestibule/core';
import type { Session, SessionStore } from '../session/session.ts';
import { key } from './key.ts';
import { sweepMap } from './sweep.ts';

/** Keeps sessions while the process lives. For tests and first steps. */
export function createMemorySessionStore(): SessionStore & Sweeper {
  const sessions = new Map<string, Session>();
  return {
    insert: async (session) => {
      const place = key(session.realm, session.hash);
      if (sessions.has(place)) return 'exists';
      sessions.set(place, structuredClone(session));
      return 'inserted';
    },
    find: async (realm, hash) => structuredClone(sessions.get(key(realm, hash))),
    delete: async (realm, hash) => void sessions.delete(key(realm, hash)),
    sweep: async (now, limit) => sweepMap(sessions, ({ expiresAt }) => expiresAt, now, limit),
  };
}
