import {
  changedSettings,
  leavesOf,
  objectOf,
  problemLine,
  type RealmSettings,
  type SettingsChange,
} from '@vestibule/core/realm';
import { Refused } from '@vestibule/database';
import type { RealmOptions } from '../options/common.ts';
import { printResult } from '../output/print.ts';
import { inRealm } from '../realm/in-realm.ts';
import type { CommandContext } from '../context/command-context.ts';

/** `vestibule settings set PATH VALUE`. The value is JSON; a value that is not JSON is a string. */
export const setSetting = (
  context: CommandContext,
  options: RealmOptions,
  path: string,
  text: string,
): Promise<void> => changeSettings(context, options, { set: objectOf(path, valueOf(text)) });

/** `vestibule settings reset PATH`: resets a setting, or all settings below a path, to the default. */
export const resetSetting = (context: CommandContext, options: RealmOptions, path: string): Promise<void> =>
  changeSettings(context, options, { reset: path });

/**
 * Changes settings of a realm, all of them or none, and prints their new values.
 *
 * @throws Refused with a list of all problems
 */
export async function changeSettings(
  context: CommandContext,
  options: RealmOptions,
  change: SettingsChange,
): Promise<void> {
  const { paths, settings } = await inRealm(context, options, async ({ actor, realm, operator }) => {
    const outcome = await operator.settings.change(actor, realm.id, change);
    if (outcome.outcome === 'missing') {
      throw new Refused('The realm was deleted while the command ran. Nothing was changed.');
    }
    if (outcome.outcome === 'refused') {
      const lines = outcome.problems.map((problem) => `  ${problemLine(problem)}\n`);
      throw new Refused(
        `Nothing was changed:\n${lines.join('')}Run vestibule settings to list all settings.`,
      );
    }
    return {
      paths: changedPaths(realm.settings, change),
      settings: outcome.outcome === 'changed' ? outcome.after : realm.settings,
    };
  });
  const named = leavesOf(settings).filter((leaf) => paths.has(leaf.path));
  printResult(context, options, {
    document: Object.fromEntries(named.map(({ path, value }) => [path, value])),
    text: () => named.map(({ path, value }) => `${path} is now ${JSON.stringify(value)}.`).join('\n'),
  });
}

/** The paths of the settings that a change names, also of those that were so already. */
function changedPaths(settings: RealmSettings, change: SettingsChange): ReadonlySet<string> {
  const changed = changedSettings(settings, change);
  return new Set(changed.ok ? changed.value.paths : []);
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
