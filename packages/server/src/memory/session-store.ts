import type { Session, SessionStore } from '../session/session.ts';
import { key } from './key.ts';

/** Keeps sessions while the process lives. For tests and first steps. */
export function createMemorySessionStore(): SessionStore {
  const sessions = new Map<string, Session>();
  return {
    insert: async (session) => void sessions.set(key(session.realm, session.hash), structuredClone(session)),
    find: async (realm, hash) => structuredClone(sessions.get(key(realm, hash))),
    delete: async (realm, hash) => void sessions.delete(key(realm, hash)),
  };
}
