import { planKeys, type SigningKey } from '@vestibule/server';
import type { RealmOptions } from '../options/common.ts';
import { printResult } from '../output/print.ts';
import { table } from '../output/table.ts';
import { shortTime } from '../output/time.ts';
import { inRealm } from '../realm/in-realm.ts';
import type { CommandContext } from '../context/command-context.ts';

/** The state of a key: it signs; it is published for verification only; or it is retired. */
type KeyState = 'signs' | 'published' | 'retired';

/** Prints the signing keys of a realm, newest first. */
export async function listKeys(context: CommandContext, options: RealmOptions): Promise<void> {
  const rows = await inRealm(context, options, async ({ realm, now, stores }) => {
    const keys = await stores.keys.list(realm.id);
    const { signing, published } = planKeys(keys, realm.settings, now);
    const stateOf = (key: SigningKey): KeyState =>
      key.kid === signing?.kid ? 'signs' : published.includes(key) ? 'published' : 'retired';
    return keys.map((key) => ({ key, state: stateOf(key) }));
  });
  printResult(context, options, {
    document: rows.map(({ key: { kid, algorithm, createdAt, signsFrom, privateKey }, state }) => ({
      kid,
      state,
      algorithm,
      created_at: new Date(createdAt).toISOString(),
      signs_from: new Date(signsFrom).toISOString(),
      encrypted: privateKey.kind === 'encrypted',
    })),
    text: () =>
      rows.length === 0
        ? 'The realm has no key yet. One is generated with the first token.'
        : table({
            columns: [
              { title: 'kid', cell: ({ key }) => key.kid },
              { title: 'state', cell: ({ state }) => state },
              { title: 'algorithm', cell: ({ key }) => key.algorithm },
              { title: 'signs from', cell: ({ key }) => shortTime(key.signsFrom) },
              { title: 'at rest', cell: ({ key }) => key.privateKey.kind },
            ],
            rows,
            width: context.stdout.columns,
          }),
  });
}
