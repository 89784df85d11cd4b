import type { Change, Stores } from '@vestibule/server';
import { createMemoryStores } from '@vestibule/server/memory';
import type { OpenedStore } from '../../src/index.ts';

type Flaw = (stores: Stores) => Partial<Stores>;

const isEvent = ({ kind }: Change): boolean => kind === 'event.append';

/** Stores in memory that can be made to fail at events before they write anything. */
export function openFailing(flaw: Flaw = () => ({})): OpenedStore {
  let fails = false;
  const { commit, audit, ...others } = createMemoryStores();
  const assertRoom = (): void => {
    if (fails) throw new Error('no room for events');
  };
  const stores: Stores = {
    ...others,
    commit: async (changes) => {
      if (changes.some(isEvent)) assertRoom();
      return commit(changes);
    },
    audit: {
      ...audit,
      record: async (event) => {
        assertRoom();
        await audit.record(event);
      },
    },
  };
  return {
    stores: { ...stores, ...flaw(stores) },
    failEvents: async () => {
      fails = true;
    },
    close: async () => {},
  };
}

/** Makes the changes, and records their events afterwards. */
export const recordsAfterwards: Flaw = ({ commit, audit }) => ({
  commit: async (changes) => {
    const outcome = await commit(changes.filter((change) => !isEvent(change)));
    if (!outcome.committed) return outcome;
    for (const change of changes) {
      const given: Change = change;
      if (given.kind === 'event.append') await audit.record(given.event);
    }
    return outcome;
  },
});

/** Makes the changes without their events if they cannot be recorded. */
export const goesOnWithout: Flaw = ({ commit }) => ({
  commit: (changes) => commit(changes).catch(() => commit(changes.filter((change) => !isEvent(change)))),
});
