import type { Database } from 'better-sqlite3';
import { STORES } from './001-stores.ts';
import { RATE_LIMITS } from './002-rate-limits.ts';
import { CLIENT_CLAIMS } from './003-client-claims.ts';
import { GOVERNANCE } from './004-governance.ts';
import { TRUST } from './005-trust.ts';
import { EXPIRED_CLIENTS } from './006-expired-clients.ts';
import { BOUNDS } from './007-bounds.ts';
import { DISPLAYED_CLIENTS } from './008-displayed-clients.ts';
import { TOKEN_FAMILIES } from './009-token-families.ts';
import { GRANTS_OF_PERSON } from './010-grants-of-person.ts';
import { GRANTS_NOT_YET_OPENED } from './011-grants-not-yet-opened.ts';
import { CLIENT_KINDS } from './012-client-kinds.ts';
import { SIGN_IN } from './013-sign-in.ts';
import { ACTIVE_CLIENTS } from './014-active-clients.ts';
import { ROWS_IN_ORDER } from './015-rows-in-order.ts';
import { FAMILIES_IN_GRANTS } from './016-families-in-grants.ts';
import { DESCRIBED_CLIENTS } from './017-described-clients.ts';

/** Each entry migrates the schema by one version, beginning at 0. Append only. */
export const MIGRATIONS: readonly string[] = [
  STORES,
  RATE_LIMITS,
  CLIENT_CLAIMS,
  GOVERNANCE,
  TRUST,
  EXPIRED_CLIENTS,
  BOUNDS,
  DISPLAYED_CLIENTS,
  TOKEN_FAMILIES,
  GRANTS_OF_PERSON,
  GRANTS_NOT_YET_OPENED,
  CLIENT_KINDS,
  SIGN_IN,
  ACTIVE_CLIENTS,
  ROWS_IN_ORDER,
  FAMILIES_IN_GRANTS,
  DESCRIBED_CLIENTS,
];

/**
 * Migrates the tables in one transaction; many processes can do so concurrently.
 *
 * @throws Error if the database was written by a newer version, which this one cannot read, or by another program
 */
export function migrate(database: Database): void {
  const bringUpToDate = database.transaction(() => {
    const version = Number(database.pragma('user_version', { simple: true }));
    if (version > MIGRATIONS.length) {
      throw new Error(
        `The database has schema ${version}; this version of Vestibule knows schemas up to ${MIGRATIONS.length}. Start the version that wrote it, or a newer one.`,
      );
    }
    if (version === 0 && database.prepare('SELECT 1 FROM sqlite_master').get() !== undefined) {
      throw new Error('The database belongs to another program: it has tables that are not Vestibule’s.');
    }
    for (const migration of MIGRATIONS.slice(version)) database.exec(migration);
    database.pragma(`user_version = ${MIGRATIONS.length}`);
  });
  // A table that is built again is dropped once, which would delete the rows that refer to it.
  database.pragma('foreign_keys = OFF');
  bringUpToDate.immediate();
  database.pragma('foreign_keys = ON');
}
