import { allowMethods, type Handler, json } from '@vestibule/http';
import { currentRealm, type ServerContext } from '../context.ts';
import { metadataOf } from './document.ts';

/** Authorization server metadata; the same document for OpenID Connect Discovery. */
export function createMetadataEndpoint(context: ServerContext): Handler {
  return allowMethods(['GET'], async () =>
    json(200, metadataOf(await currentRealm(context), context.capabilities)),
  );
}
