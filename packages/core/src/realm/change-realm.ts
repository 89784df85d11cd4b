import type { RealmStore } from '../ports/realm-store.ts';
import type { RealmRecord } from './realm.ts';

/** The result of a change to a realm; `Refusal` is why it was not made. */
export type RealmChange<Refusal> =
  | { readonly outcome: 'changed'; readonly before: RealmRecord; readonly after: RealmRecord }
  | { readonly outcome: 'unchanged' }
  /** The realm does not exist. */
  | { readonly outcome: 'missing' }
  | Refusal;

/**
 * Changes a realm. After a concurrent change, the change is computed again from the new realm, so that both take effect.
 *
 * @param change returns the new realm, the same object if nothing changes, or a refusal; may be called several times
 * @param replace stores it; `stale` if the realm has changed since it was read
 */
export async function changeRealm<Refusal extends { readonly outcome: string }>(
  realms: Pick<RealmStore, 'find'>,
  realmId: string,
  change: (current: RealmRecord) => RealmRecord | Refusal,
  replace: (
    before: RealmRecord,
    after: RealmRecord,
    expectedVersion: number,
  ) => Promise<'replaced' | 'stale' | 'missing'>,
): Promise<RealmChange<Refusal>> {
  const stored = await realms.find(realmId);
  if (stored === undefined) return { outcome: 'missing' };
  const { version, ...before } = stored;
  const after = change(before);
  if ('outcome' in after) return after;
  if (after === before) return { outcome: 'unchanged' };
  const outcome = await replace(before, after, version);
  if (outcome === 'stale') return changeRealm(realms, realmId, change, replace);
  return outcome === 'missing' ? { outcome } : { outcome: 'changed', before, after };
}
