import type { Sweeper } from '@vestibule/core';
import type { Interaction } from '../authorization-request/interaction.ts';
import type { InteractionStore } from '../ports/interaction-store.ts';
import { createMemoryGrantStore, type MemoryGrantStore } from './memory-grant-store.ts';
import { key } from './record-key.ts';
import { sweepMap } from './memory-sweep.ts';

/** Stores interactions in memory. For tests and examples. */
export function createMemoryInteractionStore(
  grants: Pick<MemoryGrantStore, 'insertNow'> = createMemoryGrantStore(),
): InteractionStore & Sweeper {
  const interactions = new Map<string, Interaction>();
  return {
    insert: async (interaction) => {
      const place = key(interaction.realm, interaction.id);
      if (interactions.has(place)) return 'exists';
      interactions.set(place, structuredClone(interaction));
      return 'inserted';
    },
    find: async (realm, id) => structuredClone(interactions.get(key(realm, id))),
    decide: async (realm, id, decision, grant) => {
      const interaction = interactions.get(key(realm, id));
      if (interaction === undefined) return undefined;
      if (interaction.decision !== undefined) {
        return { decision: structuredClone(interaction.decision), made: false };
      }
      if (grant !== undefined) grants.insertNow(grant);
      interactions.set(key(realm, id), { ...interaction, decision: structuredClone(decision) });
      return { decision, made: true };
    },
    sweep: async (now, limit) => sweepMap(interactions, ({ expiresAt }) => expiresAt, now, limit),
  };
}
