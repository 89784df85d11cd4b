import type { Sweeper } from '@vestibule/core';
import type { Session } from '../records/session.ts';
import type { SessionStore } from '../ports/session-store.ts';
import { createJournal, type Journal, promised, type Synchronous } from '@vestibule/core/memory';
import { key } from './record-key.ts';
import { sweepMap } from './memory-sweep.ts';

/** Stores sessions in memory. For tests and examples. */
export const createMemorySessionStore = (): SessionStore & Sweeper =>
  promised(createSessionTable(createJournal()));

/** Sessions in memory. */
export function createSessionTable(journal: Journal): Synchronous<SessionStore & Sweeper> {
  const sessions = journal.map<Session>();
  return {
    insert: (session, most = Infinity) => {
      const place = key(session.realm, session.hash);
      if (sessions.has(place)) return 'exists';
      sessions.set(place, structuredClone(session));
      const others = [...sessions].filter(
        ([other, { realm, person }]) =>
          other !== place && realm === session.realm && person.subject === session.person.subject,
      );
      const newestFirst = others.toSorted(([, a], [, b]) => b.authentication.at - a.authentication.at);
      for (const [surplus] of newestFirst.slice(most - 1)) sessions.delete(surplus);
      return 'inserted';
    },
    find: (realm, hash) => structuredClone(sessions.get(key(realm, hash))),
    delete: (realm, hash) => void sessions.delete(key(realm, hash)),
    deleteOf: (realm, subject) => {
      const own = [...sessions].filter(
        ([, session]) => session.realm === realm && session.person.subject === subject,
      );
      for (const [place] of own) sessions.delete(place);
      return own.length;
    },
    sweep: (now, limit) => sweepMap(sessions, ({ expiresAt }) => expiresAt, now, limit),
  };
}
