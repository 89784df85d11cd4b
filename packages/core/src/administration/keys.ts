import type { Instant } from '../time.ts';
import type { RealmStore } from '../ports/realm-store.ts';

/** How a realm's keys are to be replaced. */
export interface KeyReplacement {
  /**
   * Somebody else has them: what replaces them signs at once, and tokens that they signed are believed no more. Otherwise
   * they go on until the next one is known everywhere, and no token is lost.
   */
  readonly compromised: boolean;
}

/** Lets the keys that a realm has now be replaced, at the next token that is signed. */
export async function replaceKeys(
  realms: RealmStore,
  realmId: string,
  { compromised }: KeyReplacement,
  now: Instant,
): Promise<'changed' | 'missing'> {
  const stored = await realms.find(realmId);
  if (stored === undefined) return 'missing';
  const { version, ...realm } = stored;
  const keys = { ...realm.settings.keys, replaceMadeBefore: now, compromised };
  const next = { ...realm, settings: { ...realm.settings, keys } };
  const outcome = await realms.replace(next, version);
  if (outcome === 'stale') return replaceKeys(realms, realmId, { compromised }, now);
  return outcome === 'replaced' ? 'changed' : 'missing';
}
