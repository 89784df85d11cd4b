import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

/** What oidc-provider stores, in memory. */
export interface MemoryAdapter {
  /** The member `adapter` of a configuration. */
  readonly open: AdapterFactory;
  /** What is stored, by model and id: `Grant:…`. */
  readonly rows: Map<string, AdapterPayload>;
}

/**
 * An adapter of oidc-provider in memory, for tests and first steps. Nothing is deleted when it expires; oidc-provider does not accept it
 * then.
 */
export function createMemoryAdapter(): MemoryAdapter {
  const rows = new Map<string, AdapterPayload>();
  const open = (model: string): Adapter => {
    const find = (matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined =>
      [...rows].find(([key, payload]) => key.startsWith(`${model}:`) && matches(payload))?.[1];
    return {
      upsert: async (id, payload) => void rows.set(`${model}:${id}`, payload),
      find: async (id) => rows.get(`${model}:${id}`),
      findByUid: async (uid) => find((payload) => payload.uid === uid),
      findByUserCode: async (code) => find((payload) => payload.userCode === code),
      consume: async (id) => {
        const payload = rows.get(`${model}:${id}`);
        const consumed = Math.floor(Date.now() / 1_000);
        if (payload !== undefined) rows.set(`${model}:${id}`, { ...payload, consumed });
      },
      destroy: async (id) => void rows.delete(`${model}:${id}`),
      revokeByGrantId: async (grantId) => {
        for (const [key, payload] of rows) if (payload.grantId === grantId) rows.delete(key);
      },
    };
  };
  return { open, rows };
}
