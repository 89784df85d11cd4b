import { type Realm, type RealmRecord, realmSettings } from '@vestibule/core/realm';
import type { InitialAccessToken } from '@vestibule/core/registration';
import { describeLocation } from '@vestibule/database';
import { databaseExists, nameDatabase } from '../database/named.ts';
import { withDatabase } from '../database/with-database.ts';
import type { RealmOptions } from '../options/common.ts';
import { chooseRealm } from '../realm/choose.ts';
import { inRealm } from '../realm/in-realm.ts';
import type { CommandContext } from '../context/command-context.ts';
import { tokenOf } from './token.ts';

/** The options that choose the policy and the presented token. */
export interface ExplainOptions extends RealmOptions {
  /** The id of an initial access token that the client presents. */
  readonly tokenId?: string;
}

/** The realm whose policy judges the request. */
export interface ExplainingRealm {
  readonly realm: Realm;
  /** All realms of the same database. Absent: no database was opened, or it has no realm. */
  readonly siblings?: readonly RealmRecord[];
  /** The initial access token that the client presents. */
  readonly token?: InitialAccessToken;
  /** Why the default settings are used. Absent: the realm is from the database. */
  readonly defaultsReason?: string;
}

/** A realm with the default settings. */
const defaults = (): Realm => ({
  id: 'default',
  name: 'Default',
  issuer: 'https://default.invalid',
  settings: realmSettings(),
  apis: [],
  scopes: [],
});

/**
 * The realm that the options name. If none exists and the options name none, a realm with the default settings.
 *
 * @throws Refused if a named realm, database or token does not exist
 */
export async function explainingRealm(
  context: CommandContext,
  { tokenId, ...options }: ExplainOptions,
): Promise<ExplainingRealm> {
  if (tokenId !== undefined) {
    return inRealm(context, options, async (realmContext) => ({
      realm: realmContext.realm,
      siblings: await realmContext.stores.realms.list(),
      token: await tokenOf(realmContext, tokenId),
    }));
  }
  const named = nameDatabase(options, context);
  const where = describeLocation(named.location);
  if (options.realm === undefined && !databaseExists(named)) {
    return { realm: defaults(), defaultsReason: `The database ${where} does not exist` };
  }
  return withDatabase(named, async ({ stores }) => {
    const realm = await chooseRealm(stores.realms, options.realm);
    return realm === undefined
      ? { realm: defaults(), defaultsReason: `The database ${where} has no realm yet` }
      : { realm, siblings: await stores.realms.list() };
  });
}
