import { allowMethods, type Handler, json } from '@vestibule/http';
import type { ServerContext } from '../server-context.ts';
import { currentRealm } from '../context/current-realm.ts';
import { metadataOf } from './metadata-document.ts';

/** Authorization server metadata; the same document for OpenID Connect Discovery. */
export function createMetadataEndpoint(context: ServerContext): Handler {
  return allowMethods(['GET'], async () => {
    const realm = await currentRealm(context);
    const keys = await context.keyring.publicKeys(realm);
    const algorithms = [...new Set(keys.flatMap(({ alg }) => alg ?? []))];
    return json(200, metadataOf(realm, context.capabilities, algorithms));
  });
}
