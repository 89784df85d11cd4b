import type { RealmStore } from '../ports/realm-store.ts';
import { type RealmSettings, realmSettings } from '../realm/settings.ts';

/**
 * Changes a realm's settings, whatever others change in the realm meanwhile. Works at once, everywhere.
 *
 * @param change is given the settings as they are, with every default, and may be asked again
 */
export async function changeSettings(
  realms: RealmStore,
  realmId: string,
  change: (current: RealmSettings) => RealmSettings,
): Promise<'changed' | 'missing'> {
  const stored = await realms.find(realmId);
  if (stored === undefined) return 'missing';
  const { version, ...realm } = stored;
  const next = { ...realm, settings: change(realmSettings(realm.settings)) };
  const outcome = await realms.replace(next, version);
  if (outcome === 'stale') return changeSettings(realms, realmId, change);
  return outcome === 'replaced' ? 'changed' : 'missing';
}
