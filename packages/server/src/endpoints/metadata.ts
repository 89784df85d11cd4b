import { ASK_EACH_TIME, createDocumentPreparer, type DocumentSource } from '@vestibule/http';
import type { ServerContext } from '../server-context.ts';
import { currentRealm } from '../context/current-realm.ts';
import { preparedOnce } from './prepared-once.ts';
import { metadataOf } from './metadata-document.ts';

/**
 * Authorization server metadata; the same document for OpenID Connect Discovery. It is prepared once for each version of the
 * realm and of its keys. Caches ask each time whether it has changed, so that a closed gate is seen by the next request.
 */
export function createMetadataSource(context: ServerContext): DocumentSource {
  const prepare = createDocumentPreparer();
  const prepared = preparedOnce((realm, keys) => {
    const algorithms = [...new Set(keys.flatMap(({ alg }) => alg ?? []))];
    return prepare(metadataOf(realm, context.capabilities, algorithms), ASK_EACH_TIME);
  });
  return async () => {
    const realm = await currentRealm(context);
    return prepared(realm, await context.keyring.publicKeys(realm));
  };
}
