import type { Realm } from '@vestibule/core/realm';
import { ASK_EACH_TIME, createDocumentPreparer, type DocumentSource } from '@vestibule/http';
import type { ServerContext } from '../server-context.ts';
import { currentRealm } from '../context/current-realm.ts';
import { preparedOnce } from './prepared-once.ts';

/** The longest time for which an API can use the keys without asking, in seconds. */
const MAX_AGE = 300;

/**
 * The public keys of the realm, prepared once for each list of keys.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7517#section-5 RFC 7517 §5}
 */
export function createJwksSource(context: ServerContext): DocumentSource {
  const prepare = createDocumentPreparer();
  const prepared = preparedOnce((realm, keys) => prepare({ keys }, cacheControlOf(realm)));
  return async () => {
    const realm = await currentRealm(context);
    return prepared(realm, await context.keyring.publicKeys(realm));
  };
}

/**
 * A cached list is harmless while it holds every key that signs: a key is published `publishBefore` seconds before it signs. Only
 * after keys were declared compromised is a cached list wrong, until it expires.
 */
function cacheControlOf({ settings }: Realm): string {
  const maxAge = Math.min(MAX_AGE, settings.keys.publishBefore);
  return maxAge > 0 ? `public, max-age=${maxAge}` : ASK_EACH_TIME;
}
