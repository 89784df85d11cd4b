import type { Sweeper } from '@vestibule/core';
import { createJournal, type Journal, promised, type Synchronous } from '@vestibule/core/memory';
import type { Interaction } from '../authorization-request/interaction.ts';
import type { InteractionStore } from '../ports/interaction-store.ts';
import { createGrantTable, type GrantTable } from './memory-grant-store.ts';
import { key } from './record-key.ts';
import { sweepMap } from './memory-sweep.ts';

/** Stores interactions in memory. For tests and examples. */
export function createMemoryInteractionStore(): InteractionStore & Sweeper {
  const journal = createJournal();
  return promised(createInteractionTable(journal, createGrantTable(journal)));
}

/** Interactions in memory. */
export function createInteractionTable(
  journal: Journal,
  grants: Pick<GrantTable, 'insert'>,
): Synchronous<InteractionStore & Sweeper> {
  const interactions = journal.map<Interaction>();
  return {
    insert: (interaction) => {
      const place = key(interaction.realm, interaction.id);
      if (interactions.has(place)) return 'exists';
      interactions.set(place, structuredClone(interaction));
      return 'inserted';
    },
    find: (realm, id) => structuredClone(interactions.get(key(realm, id))),
    decide: (realm, id, decision, grant) => {
      const interaction = interactions.get(key(realm, id));
      if (interaction === undefined) return undefined;
      if (interaction.decision !== undefined) {
        return { decision: structuredClone(interaction.decision), made: false };
      }
      if (grant !== undefined && grants.insert(grant) === 'exists') throw new Error('The grant exists.');
      interactions.set(key(realm, id), { ...interaction, decision: structuredClone(decision) });
      return { decision, made: true };
    },
    sweep: (now, limit) => sweepMap(interactions, ({ expiresAt }) => expiresAt, now, limit),
  };
}
