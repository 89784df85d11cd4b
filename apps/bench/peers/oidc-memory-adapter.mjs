// Keeps everything in a Map, without a limit. The adapter that the package brings forgets all but the last thousand entries,
// and with them the first clients of a measurement.

/** A class of adapters that share one memory. */
export function createAdapter() {
  const entries = new Map();
  const keysOfGrant = new Map();
  const idOfSession = new Map();

  return class MemoryAdapter {
    constructor(model) {
      this.model = model;
    }

    async upsert(id, payload) {
      const key = this.#key(id);
      entries.set(key, payload);
      if (this.model === 'Session') idOfSession.set(payload.uid, id);
      if (this.model === 'Grant' || payload.grantId === undefined) return;
      const keys = keysOfGrant.get(payload.grantId) ?? [];
      keysOfGrant.set(payload.grantId, [...keys, key]);
    }

    async find(id) {
      return entries.get(this.#key(id));
    }

    async findByUid(uid) {
      return this.find(idOfSession.get(uid));
    }

    async findByUserCode() {
      return undefined;
    }

    async consume(id) {
      const payload = await this.find(id);
      if (payload !== undefined) payload.consumed = Math.floor(Date.now() / 1_000);
    }

    async destroy(id) {
      entries.delete(this.#key(id));
    }

    async revokeByGrantId(grantId) {
      for (const key of keysOfGrant.get(grantId) ?? []) entries.delete(key);
      keysOfGrant.delete(grantId);
    }

    #key(id) {
      return `${this.model} ${id}`;
    }
  };
}
