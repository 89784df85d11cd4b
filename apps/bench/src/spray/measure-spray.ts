import { type Persistence, realmSettings } from '@vestibule/core/realm';
import { createVestibule } from '@vestibule/node';
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { measuredRealm } from '../targets/measured-realm.ts';

/** What an SQLite file contains. */
export interface Contents {
  /** The number of rows of each table. */
  readonly rows: Readonly<Record<string, number>>;
  readonly pages: number;
  readonly bytes: number;
}

export interface Spray {
  readonly count: number;
  readonly persistence: Persistence;
  /** An empty folder. */
  readonly folder: string;
  readonly onProgress?: (registered: number) => void;
}

/** What a number of registrations added to a database. */
export interface Sprayed {
  readonly before: Contents;
  readonly after: Contents;
  /** The longest `client_id`, in characters. */
  readonly longestId: number;
  readonly microsecondsEach: number;
}

const ISSUER = 'https://as.example';

/** Registrations that are under way at once. */
const AT_ONCE = 64;

/** Registers different clients at a whole server, and compares its database before and after. */
export async function measureSpray({ count, persistence, folder, onProgress }: Spray): Promise<Sprayed> {
  const path = join(folder, 'sprayed.db');
  const { realm, ...parts } = measuredRealm({ persistence });
  const settings = realmSettings(realm.settings);
  const seed = { ...parts, realm: { ...realm, issuer: ISSUER, settings } };
  const vestibule = await createVestibule({ database: { kind: 'sqlite', path }, realms: [seed] });
  let longestId = 0;

  async function register(number: number): Promise<void> {
    const body = JSON.stringify({
      client_name: `Agent ${number}`,
      redirect_uris: [`https://agent-${number}.example/callback`, 'http://127.0.0.1:8976/callback'],
      client_uri: `https://agent-${number}.example`,
      scope: 'read',
    });
    const headers = { 'content-type': 'application/json' };
    const request = new Request(`${ISSUER}/connect/register`, { method: 'POST', headers, body });
    const response = await vestibule.handle(request, { ip: `2001:db8:${(number % 60_000).toString(16)}::1` });
    if (response?.status !== 201) throw new Error(`Registration ${number}: ${response?.status}`);
    const { client_id: id }: { client_id: string } = await response.json();
    longestId = Math.max(longestId, id.length);
  }

  try {
    // The first one generates the key.
    await register(0);
    const before = contentsOf(path);
    const startedAt = performance.now();
    for (let done = 0; done < count; done += AT_ONCE) {
      const size = Math.min(AT_ONCE, count - done);
      await Promise.all(Array.from({ length: size }, (_, index) => register(done + index + 1)));
      onProgress?.(done + size);
    }
    const microsecondsEach = ((performance.now() - startedAt) * 1_000) / count;
    return { before, after: contentsOf(path), longestId, microsecondsEach };
  } finally {
    await vestibule.stop();
  }
}

/** Reads what the file contains, including what is only in its log. Leases are left out: the upkeep takes and releases one. */
function contentsOf(path: string): Contents {
  const database = new Database(path);
  try {
    const tables = database
      .prepare<[], { readonly name: string }>(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'leases'",
      )
      .all();
    const rows = Object.fromEntries(
      tables.map(({ name }) => {
        const [row] = database
          .prepare<[], { readonly n: number }>(`SELECT count(*) AS n FROM "${name}"`)
          .all();
        return [name, row?.n ?? 0];
      }),
    );
    const pages = Number(database.pragma('page_count', { simple: true }));
    return { rows, pages, bytes: pages * Number(database.pragma('page_size', { simple: true })) };
  } finally {
    database.close();
  }
}
