import type { Instant } from '@vestibule/core';
import type { Actor } from '@vestibule/core/audit';
import { createOperator, type Operator } from '@vestibule/core/operator';
import type { Realm } from '@vestibule/core/realm';
import { type Database, describeLocation, Refused } from '@vestibule/database';
import { randomToken, sha256 } from '@vestibule/http';
import { type DatabaseOption, nameDatabase } from '../database/named.ts';
import { withDatabase } from '../database/with-database.ts';
import { unstoredClientsOf } from './unstored-clients-of.ts';
import type { CommandContext } from '../context/command-context.ts';
import { chooseRealm, type RealmOption } from './choose.ts';

/** The realm that a command works on, with its stores. */
export interface RealmContext extends Pick<Database, 'stores'> {
  /** The realm as it was when the command began. */
  readonly realm: Realm;
  /** When the command began. */
  readonly now: Instant;
  /** Whom audit events name as the actor. */
  readonly actor: Actor;
  /** The operations that change the realm and record audit events. */
  readonly operator: Operator;
}

/**
 * Opens the database and the realm that the options name, and does some work there.
 *
 * @throws Refused if one of them does not exist
 */
export function inRealm<T>(
  context: CommandContext,
  options: DatabaseOption & RealmOption,
  work: (realmContext: RealmContext) => Promise<T>,
): Promise<T> {
  const named = nameDatabase(options, context);
  return withDatabase(named, async ({ stores, location }) => {
    const realm = await chooseRealm(stores.realms, options.realm);
    if (realm === undefined) {
      throw new Refused(
        `The database ${describeLocation(named.location)} has no realm yet. Describe one in a seed file and start Vestibule with SEED.`,
      );
    }
    return work({ ...operatorOf(context, { stores, location }), realm, now: context.clock(), stores });
  });
}

/** Whom audit events name as the actor, and the operations that record them. */
export const operatorOf = (
  context: Pick<CommandContext, 'clock' | 'user' | 'env'>,
  database: Pick<Database, 'stores' | 'location'>,
): Pick<RealmContext, 'actor' | 'operator'> => ({
  actor: { kind: 'cli', id: context.user },
  operator: createOperator({
    ...database.stores,
    clock: context.clock,
    generateToken: randomToken,
    hash: sha256,
    unstoredClients: unstoredClientsOf(context, database),
  }),
});
