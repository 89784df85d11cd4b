import { planKeys, type SigningKey } from '@vestibule/server';
import { realmSettings } from '@vestibule/core';
import type { RealmOptions } from '../options/common.ts';
import { tell } from '../output/print.ts';
import { table } from '../output/table.ts';
import { shortTime } from '../output/time.ts';
import { inRealm } from '../realm/in-realm.ts';
import type { Surroundings } from '../context/context.ts';

/** What a key is for. */
type KeyState = 'signs' | 'published' | 'retired';

/** Lists the keys of a realm, newest first. */
export async function listKeys(surroundings: Surroundings, options: RealmOptions): Promise<void> {
  const rows = await inRealm(surroundings, options, async ({ realm, now, stores }) => {
    const keys = await stores.keys.list(realm.id);
    const { signing, published } = planKeys(keys, realmSettings(realm.settings), now);
    const stateOf = (key: SigningKey): KeyState =>
      key.kid === signing?.kid ? 'signs' : published.includes(key) ? 'published' : 'retired';
    return keys.map((key) => ({ key, state: stateOf(key) }));
  });
  tell(surroundings, options, {
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
        ? 'The realm has no key yet. One is made with the first token.'
        : table({
            columns: [
              { title: 'kid', cell: ({ key }) => key.kid },
              { title: 'state', cell: ({ state }) => state },
              { title: 'algorithm', cell: ({ key }) => key.algorithm },
              { title: 'signs from', cell: ({ key }) => shortTime(key.signsFrom) },
              { title: 'at rest', cell: ({ key }) => key.privateKey.kind },
            ],
            rows,
            width: surroundings.stdout.columns,
          }),
  });
}
