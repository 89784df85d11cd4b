import type { Clock } from '@vestibule/core';
import type { ServerStores } from '../ports/stores.ts';
import type { BoundMethod } from '../records/grant.ts';
import { single } from '../web/parameters.ts';
import { isPushed, pushedRequestKey } from '../authorization-request/pushed-request.ts';

/** What pushed requests are found with. */
export interface PushedRequestContext extends Pick<ServerStores, 'pushedRequests'> {
  readonly realm: string;
  readonly clock: Clock;
}

/** An authorization request, and the key under which it is stored if it was pushed. */
export interface ResolvedRequest {
  readonly parameters: URLSearchParams;
  readonly pushedKey?: string;
  /** How the client authenticated when it pushed the request, if its grant is to be bound to that. */
  readonly clientMethod?: BoundMethod;
}

/**
 * The parameters of an authorization request: its own, or those that the same client pushed and that it refers to. Other
 * parameters beside a `request_uri` are ignored. Reading does not consume: a pushed request is valid until it expires or a
 * person has decided. `undefined` if the pushed request is unknown, expired or consumed.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9126#section-4 RFC 9126 §4}
 */
export async function resolvePushed(
  { realm, pushedRequests, clock }: PushedRequestContext,
  given: URLSearchParams,
): Promise<ResolvedRequest | undefined> {
  const [uri, clientId] = [single(given, 'request_uri'), single(given, 'client_id')];
  if (typeof uri !== 'string' || typeof clientId !== 'string' || !isPushed(uri)) {
    return { parameters: given };
  }
  const pushedKey = pushedRequestKey(clientId, uri);
  const pushed = await pushedRequests.find(realm, pushedKey, clock());
  if (pushed?.clientId !== clientId) return undefined;
  const { query, clientMethod } = pushed;
  const bound = clientMethod !== undefined && { clientMethod };
  return { parameters: new URLSearchParams(query), pushedKey, ...bound };
}
