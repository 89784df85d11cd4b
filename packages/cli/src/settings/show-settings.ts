import { DEFAULT_REALM_SETTINGS, realmSettings } from '@vestibule/core';
import type { RealmOptions } from '../options/common.ts';
import { tell } from '../output/print.ts';
import { table } from '../output/table.ts';
import { inRealm } from '../realm/in-realm.ts';
import type { Surroundings } from '../context/context.ts';
import { leavesOf } from './settings-leaves.ts';

/** Shows every setting of a realm, and what it is where nobody chose otherwise. */
export async function showSettings(surroundings: Surroundings, options: RealmOptions): Promise<void> {
  const settings = await inRealm(surroundings, options, async ({ realm }) => realmSettings(realm.settings));
  const defaults = new Map(
    leavesOf(DEFAULT_REALM_SETTINGS).map(({ path, value }) => [path, JSON.stringify(value)]),
  );
  const rows = leavesOf(settings).map(({ path, value }) => {
    const text = JSON.stringify(value);
    const usual = defaults.get(path) ?? '';
    return { path, text, usual: usual === text ? '' : usual };
  });
  tell(surroundings, options, {
    document: settings,
    text: () =>
      table({
        columns: [
          { title: 'setting', cell: ({ path }) => path },
          { title: 'is', cell: ({ text }) => text, atLeast: 12 },
          { title: 'by default', cell: ({ usual }) => usual, atLeast: 8, spare: 1 },
        ],
        rows,
        width: surroundings.stdout.columns,
      }),
  });
}
