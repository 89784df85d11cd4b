import { allowMethods, type Handler } from '@vestibule/http';
import type { ServerContext } from '../server-context.ts';
import { currentRealm } from '../context/current-realm.ts';

/** How long an API can cache the keys, in seconds. */
const MAX_AGE = 300;

/**
 * The public keys of the realm.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7517#section-5 RFC 7517 §5}
 */
export function createJwksEndpoint(context: ServerContext): Handler {
  return allowMethods(['GET'], async () => {
    const headers = { 'cache-control': `public, max-age=${MAX_AGE}` };
    return Response.json(
      { keys: await context.keyring.publicKeys(await currentRealm(context)) },
      { headers },
    );
  });
}
