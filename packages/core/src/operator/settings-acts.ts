import type { Actor } from '../audit/actor.ts';
import { differingPaths, recordedDifference } from '../audit/recorded-state.ts';
import { changeRealm } from '../realm/change-realm.ts';
import { type RealmSettings, realmSettings } from '../realm/settings.ts';
import type { ActContext } from './act-context.ts';

/** The result of a change to the settings of a realm. */
export type SettingsChange =
  | { readonly outcome: 'changed'; readonly before: RealmSettings; readonly after: RealmSettings }
  | { readonly outcome: 'unchanged' }
  /** There is no such realm. */
  | { readonly outcome: 'missing' };

/** The settings of a realm. */
export interface SettingsActs {
  /**
   * Changes settings. This takes effect at once, on every node.
   *
   * @param change returns the settings as they shall be; it is given all of them, with their defaults, and may be called
   *   several times
   */
  change(
    actor: Actor,
    realm: string,
    change: (current: RealmSettings) => RealmSettings,
  ): Promise<SettingsChange>;
}

export const settingsActs = ({ realms, record }: Pick<ActContext, 'realms' | 'record'>): SettingsActs => ({
  async change(actor, realm, change) {
    const changed = await changeSettings({ realms }, realm, change);
    if (changed.outcome !== 'changed') return changed;
    const { before, after } = changed;
    await record(actor, realm, {
      type: 'settings.changed',
      paths: differingPaths(before, after),
      ...recordedDifference(before, after),
    });
    return changed;
  },
});

/** Changes settings and records nothing: the caller does. */
export async function changeSettings(
  { realms }: Pick<ActContext, 'realms'>,
  realmId: string,
  change: (current: RealmSettings) => RealmSettings,
): Promise<SettingsChange> {
  const changed = await changeRealm<never>(realms, realmId, (realm) => {
    const current = realmSettings(realm.settings);
    const settings = change(current);
    return differingPaths(current, settings).length === 0 ? realm : { ...realm, settings };
  });
  if (changed.outcome !== 'changed') return changed;
  return {
    outcome: 'changed',
    before: realmSettings(changed.before.settings),
    after: changed.after.settings,
  };
}
