import { type Administration, createAdministration, type Instant, type Realm } from '@vestibule/core';
import { randomToken, sha256 } from '@vestibule/http';
import type { Database } from '../database/database.ts';
import { describeLocation } from '../database/location.ts';
import { type DatabaseOption, nameDatabase } from '../database/named.ts';
import { withDatabase } from '../database/with-database.ts';
import { Refused } from '../errors/refused.ts';
import type { Surroundings } from '../context/context.ts';
import { chooseRealm, type RealmOption } from './choose.ts';

/** What a command about a realm works with. */
export interface RealmAtHand extends Pick<Database, 'stores'> {
  /** As it was when the command began. */
  readonly realm: Realm;
  /** When the command began. */
  readonly now: Instant;
  /** The way to change something. */
  readonly administration: Administration;
}

/**
 * Does some work in the realm, and in the database, that the options name.
 *
 * @throws Refused where there is no such thing
 */
export function inRealm<T>(
  surroundings: Surroundings,
  options: DatabaseOption & RealmOption,
  work: (hand: RealmAtHand) => Promise<T>,
): Promise<T> {
  const named = nameDatabase(options, surroundings);
  return withDatabase(named, async ({ stores }) => {
    const realm = await chooseRealm(stores.realms, options.realm);
    if (realm === undefined) {
      throw new Refused(
        `There is no realm in ${describeLocation(named.location)} yet. A seed describes one: start Vestibule with SEED.`,
      );
    }
    const { clock } = surroundings;
    const administration = createAdministration({ ...stores, clock, entropy: randomToken, hash: sha256 });
    return work({ realm, now: clock(), stores, administration });
  });
}
