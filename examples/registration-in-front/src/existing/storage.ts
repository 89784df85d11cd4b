import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

/** What the server that exists stores: in memory, one map for each kind of record. */
export const createStorage = (): AdapterFactory => {
  const kinds = new Map<string, Map<string, AdapterPayload>>();
  const mapOf = (kind: string): Map<string, AdapterPayload> => {
    const map = kinds.get(kind) ?? new Map<string, AdapterPayload>();
    kinds.set(kind, map);
    return map;
  };
  return (kind): Adapter => {
    const records = mapOf(kind);
    return {
      upsert: async (id, payload) => void records.set(id, payload),
      find: async (id) => records.get(id),
      findByUid: async (uid) => [...records.values()].find((record) => record.uid === uid),
      findByUserCode: async () => undefined,
      consume: async (id) => {
        const record = records.get(id);
        if (record !== undefined) record.consumed = Math.floor(Date.now() / 1_000);
      },
      destroy: async (id) => void records.delete(id),
      revokeByGrantId: async (grantId) => {
        for (const [id, record] of records) if (record.grantId === grantId) records.delete(id);
      },
    };
  };
};
