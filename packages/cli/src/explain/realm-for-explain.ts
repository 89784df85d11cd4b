import { type InitialAccessToken, type Realm, realmSettings } from '@vestibule/core';
import { describeLocation } from '../database/location.ts';
import { isThere, nameDatabase } from '../database/named.ts';
import { withDatabase } from '../database/with-database.ts';
import type { RealmOptions } from '../options/common.ts';
import { chooseRealm } from '../realm/choose.ts';
import { inRealm } from '../realm/in-realm.ts';
import type { Surroundings } from '../context/context.ts';
import { tokenOf } from './token.ts';

/** What may be said of whose policy explains, and to whom. */
export interface ExplainOptions extends RealmOptions {
  /** The id of an initial access token that comes along. */
  readonly tokenId?: string;
}

/** Whose policy explains, and where it comes from. */
export interface ExplainingRealm {
  readonly realm: Realm;
  /** The realms of the same database. Absent: there are none. */
  readonly beside?: readonly Realm[];
  /** The initial access token that somebody is taken to bring, in that realm. */
  readonly token?: InitialAccessToken;
  /** Why the default settings stand in for a realm. Absent: they do not. */
  readonly standsInBecause?: string;
}

/** A realm that nobody has changed anything in. */
const DEFAULTS: Realm = {
  id: 'default',
  name: 'Default',
  issuer: 'https://default.invalid',
  settings: realmSettings(),
  apis: [],
  scopes: [],
};

/**
 * The realm that the options name, as it is now. Where there is none, and nothing of one was named, one as it is by default.
 *
 * @throws Refused where what was named is not there
 */
export async function explainingRealm(
  surroundings: Surroundings,
  { tokenId, ...options }: ExplainOptions,
): Promise<ExplainingRealm> {
  if (tokenId !== undefined) {
    return inRealm(surroundings, options, async (hand) => ({
      realm: hand.realm,
      beside: await hand.stores.realms.list(),
      token: await tokenOf(hand, tokenId),
    }));
  }
  const named = nameDatabase(options, surroundings);
  const where = describeLocation(named.location);
  if (options.realm === undefined && !isThere(named)) {
    return { realm: DEFAULTS, standsInBecause: `There is no database ${where}` };
  }
  return withDatabase(named, async ({ stores }) => {
    const realm = await chooseRealm(stores.realms, options.realm);
    return realm === undefined
      ? { realm: DEFAULTS, standsInBecause: `There is no realm in ${where} yet` }
      : { realm, beside: await stores.realms.list() };
  });
}
