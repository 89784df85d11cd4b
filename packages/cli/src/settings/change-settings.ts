import { type PartialRealmSettings, realmSettings, type RealmSettings } from '@vestibule/core';
import { Refused } from '@vestibule/database';
import type { RealmOptions } from '../options/common.ts';
import { quoted } from '../output/harmless.ts';
import { printResult } from '../output/print.ts';
import { inRealm } from '../realm/in-realm.ts';
import type { CommandContext } from '../context/command-context.ts';
import { leavesOf, merged, objectOf } from './settings-leaves.ts';
import { inWords, problemLine, unknownMembers } from './schema-in-words.ts';
import { didYouMean } from '../options/nearest.ts';
import { settingsSchema } from './settings-schema.ts';

/** `vestibule settings set PATH VALUE`. The value is JSON; a value that is not JSON is a string. */
export const setSetting = (
  context: CommandContext,
  options: RealmOptions,
  path: string,
  text: string,
): Promise<void> => apply(context, options, objectOf(path, valueOf(text)));

/** `vestibule settings reset PATH`: resets a setting, or all settings below a path, to the default. */
export async function resetSetting(
  context: CommandContext,
  options: RealmOptions,
  path: string,
): Promise<void> {
  const defaults = leavesOf(realmSettings()).filter((leaf) => isWithin(leaf.path, path));
  if (defaults.length === 0) {
    const branches = SETTINGS.flatMap((one) =>
      one.split('.').map((_, index, all) => all.slice(0, index + 1).join('.')),
    );
    throw new Refused(
      `Unknown setting ${quoted(path)}.${didYouMean(path, branches)} Run vestibule settings to list all settings.`,
    );
  }
  const partial = defaults.reduce<unknown>((all, leaf) => merged(all, objectOf(leaf.path, leaf.value)), {});
  await apply(context, options, partial);
}

/** The paths of all settings. */
const SETTINGS: readonly string[] = leavesOf(realmSettings()).map(({ path }) => path);

const isWithin = (path: string, above: string): boolean => path === above || path.startsWith(`${above}.`);

/**
 * Changes settings of a realm, all of them or none.
 *
 * @throws Refused with a list of all invalid settings
 */
export async function apply(context: CommandContext, options: RealmOptions, partial: unknown): Promise<void> {
  const chosen = readSettings(partial);
  const paths = new Set(leavesOf(chosen).map(({ path }) => path));
  const settings = await inRealm(context, options, async ({ actor, realm, operator }) => {
    let after = realmSettings(realm.settings);
    const { outcome } = await operator.settings.change(actor, realm.id, (current) => {
      after = over(current, chosen);
      return after;
    });
    if (outcome === 'missing') {
      throw new Refused('The realm was deleted while the command ran. Nothing was changed.');
    }
    return after;
  });
  const changed = leavesOf(settings).filter((leaf) => paths.has(leaf.path));
  printResult(context, options, {
    document: Object.fromEntries(changed.map(({ path, value }) => [path, value])),
    text: () => changed.map(({ path, value }) => `${path} is now ${JSON.stringify(value)}.`).join('\n'),
  });
}

/** The current settings with the new ones applied, validated together because some settings bound each other. */
const over = (current: RealmSettings, chosen: PartialRealmSettings): RealmSettings => {
  const { replaceMadeBefore, compromised, ...keys } = current.keys;
  const whole = readSettings(merged({ ...current, keys }, chosen));
  const ours = {
    ...(replaceMadeBefore !== undefined && { replaceMadeBefore }),
    ...(compromised !== undefined && { compromised }),
  };
  return realmSettings({ ...whole, keys: { ...whole.keys, ...ours } });
};

function readSettings(value: unknown): PartialRealmSettings {
  const parsed = settingsSchema.safeParse(value, { error: inWords });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.flatMap((issue) => {
    const unknown = unknownMembers(issue, SETTINGS);
    return unknown.length > 0 ? unknown : [problemLine(issue)];
  });
  throw new Refused(`Nothing was changed:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
