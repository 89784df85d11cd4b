import type { Actor } from '../audit/actor.ts';
import { differingPaths, recordedDifference } from '../audit/recorded-state.ts';
import { changedSettings, type SettingsChange } from '../realm/change-settings.ts';
import type { Problem } from '../realm/problem.ts';
import { type PartialRealmSettings, type RealmSettings, withDefaultSettings } from '../realm/settings.ts';
import type { Act, ActContext } from './act-context.ts';

/** The result of a change to the settings of a realm. */
export type SettingsOutcome =
  | {
      readonly outcome: 'changed';
      /** All settings, with their defaults. */
      readonly before: RealmSettings;
      readonly after: RealmSettings;
    }
  /** Each setting had been chosen so already. */
  | { readonly outcome: 'unchanged' }
  /** A setting is unknown or invalid, or contradicts another. Nothing was changed. */
  | { readonly outcome: 'refused'; readonly problems: readonly Problem[] }
  /** There is no such realm. */
  | { readonly outcome: 'missing' };

/** The settings of a realm. */
export interface SettingsActs {
  /** Changes settings, all of them or none. This takes effect at once, on every node. */
  change(actor: Actor, realm: string, change: SettingsChange): Promise<SettingsOutcome>;
}

export const settingsActs = (context: Pick<ActContext, 'changeRealm'>): SettingsActs => ({
  change: (actor, realm, change) => changeSettings(context, { actor, realm }, () => change),
});

/**
 * Changes settings of a realm, all of them or none, and records it.
 *
 * @param choose returns the change of the current settings; may be called several times
 */
export async function changeSettings(
  { changeRealm }: Pick<ActContext, 'changeRealm'>,
  who: Pick<Act, 'actor' | 'realm'>,
  choose: (current: PartialRealmSettings) => SettingsChange,
): Promise<SettingsOutcome> {
  const changed = await changeRealm(
    who,
    (realm) => {
      const next = changedSettings(realm.settings, choose(realm.settings));
      if (!next.ok) return { outcome: 'refused', problems: next.problems } as const;
      const { settings } = next.value;
      return differingPaths(realm.settings, settings).length === 0 ? realm : { ...realm, settings };
    },
    (before, after) => ({
      type: 'settings.changed',
      // Also those whose value is their default: they were chosen, or left to it again.
      paths: differingPaths(before.settings, after.settings),
      ...recordedDifference(withDefaultSettings(before.settings), withDefaultSettings(after.settings)),
    }),
  );
  if (changed.outcome !== 'changed') return changed;
  const before = withDefaultSettings(changed.before.settings);
  return { outcome: 'changed', before, after: withDefaultSettings(changed.after.settings) };
}
