import { DEFAULT_REALM_SETTINGS, leavesOf } from '@vestibule/core/realm';
import type { RealmOptions } from '../options/common.ts';
import { printResult } from '../output/print.ts';
import { table } from '../output/table.ts';
import { inRealm } from '../realm/in-realm.ts';
import type { CommandContext } from '../context/command-context.ts';

/** Prints every setting of a realm, and its default if that is different. */
export async function showSettings(context: CommandContext, options: RealmOptions): Promise<void> {
  const settings = await inRealm(context, options, async ({ realm }) => realm.settings);
  const defaults = new Map(
    leavesOf(DEFAULT_REALM_SETTINGS).map(({ path, value }) => [path, JSON.stringify(value)]),
  );
  const rows = leavesOf(settings).map(({ path, value }) => {
    const text = JSON.stringify(value);
    const byDefault = defaults.get(path) ?? '';
    return { path, text, byDefault: byDefault === text ? '' : byDefault };
  });
  printResult(context, options, {
    document: settings,
    text: () =>
      table({
        columns: [
          { title: 'setting', cell: ({ path }) => path },
          { title: 'value', cell: ({ text }) => text, atLeast: 12 },
          { title: 'default', cell: ({ byDefault }) => byDefault, atLeast: 8, spare: 1 },
        ],
        rows,
        width: context.stdout.columns,
      }),
  });
}
