import type { Sweeper } from '@vestibule/core';
import type { Synchronous } from '@vestibule/core/memory';
import type { GrantStore, Interaction, InteractionStore, Session, SessionStore } from '@vestibule/server';
import type { Ledger } from './ledger.ts';
import { createTable } from './table.ts';

/** Sessions, under their hashes. */
export function createSessions(ledger: Ledger): Synchronous<SessionStore & Sweeper> {
  const sessions = createTable<Session>(ledger, 'sessions', ({ realm, hash }) => [realm, hash]);
  return {
    insert: (session, most = Infinity) => {
      const others = sessions
        .all()
        .filter(({ realm, person }) => realm === session.realm && person.subject === session.person.subject)
        .toSorted((a, b) => b.authentication.at - a.authentication.at);
      const outcome = sessions.insert(session);
      if (outcome === 'exists') return outcome;
      for (const { realm, hash } of others.slice(most - 1)) sessions.delete(realm, hash);
      return outcome;
    },
    find: sessions.find,
    delete: sessions.delete,
    deleteOf: (realm, subject) =>
      sessions.remove((session) => session.realm === realm && session.person.subject === subject),
    sweep: (now, limit) => sessions.remove(({ expiresAt }) => expiresAt <= now, limit),
  };
}

/** Interactions, whose approvals add grants. */
export function createInteractions(
  ledger: Ledger,
  grants: Pick<Synchronous<GrantStore>, 'insert'>,
): Synchronous<InteractionStore & Sweeper> {
  const interactions = createTable<Interaction>(ledger, 'interactions', ({ realm, id }) => [realm, id]);
  return {
    insert: interactions.insert,
    find: interactions.find,
    decide: (realm, id, decision, grant) => {
      const interaction = interactions.find(realm, id);
      if (interaction === undefined) return undefined;
      if (interaction.decision !== undefined) return { decision: interaction.decision, made: false };
      if (grant !== undefined && grants.insert(grant) === 'exists') throw new Error('The grant exists.');
      interactions.set({ ...interaction, decision });
      return { decision, made: true };
    },
    sweep: (now, limit) => interactions.remove(({ expiresAt }) => expiresAt <= now, limit),
  };
}
