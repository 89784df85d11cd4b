import type { ServerContext } from '../context.ts';
import { single } from '../parameters/parameters.ts';
import { isPushed, pushedRequestKey } from './pushed-request.ts';

/**
 * The parameters of an authorization request: those that came with it, or those that were pushed before and that it refers
 * to, once and by the same client. What else came with a reference counts for nothing. `undefined` where there is no such
 * request, or no longer.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9126#section-4 RFC 9126 §4}
 */
export async function resolvePushed(
  { realm, pushedRequests, clock }: ServerContext,
  given: URLSearchParams,
): Promise<URLSearchParams | undefined> {
  const [uri, clientId] = [single(given, 'request_uri'), single(given, 'client_id')];
  if (typeof uri !== 'string' || typeof clientId !== 'string' || !isPushed(uri)) return given;
  const pushed = await pushedRequests.take(realm, await pushedRequestKey(clientId, uri), clock());
  return pushed?.clientId === clientId ? new URLSearchParams(pushed.query) : undefined;
}
