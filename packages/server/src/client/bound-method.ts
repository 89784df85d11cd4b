import type { Client, ClientAuthenticationMethod } from '@vestibule/core';
import type { BoundMethod } from '../records/grant.ts';
import { authenticationsOf } from './authentication/authentication-of.ts';
import { isPublic } from './is-public.ts';

/** The method that a request binds a grant to: a document may allow others later. `undefined` for clients whose method is registered. */
export const bindingMethod = (client: Client, used: ClientAuthenticationMethod): BoundMethod | undefined =>
  client.kind === 'metadata-document' && used === 'private_key_jwt' ? used : undefined;

/**
 * The method that a grant is bound to from its approval on: how its client pushed the request, or the only one that its document
 * allows.
 *
 * @param pushed the method that the pushed request is bound to
 */
export const methodAtApproval = (client: Client, pushed: BoundMethod | undefined): BoundMethod | undefined =>
  pushed ?? (isPublic(client) ? undefined : bindingMethod(client, 'private_key_jwt'));

/**
 * Why a client that authenticated by a method cannot use a grant; `undefined` if it can. A grant never gets weaker: one that is bound to
 * a key needs it, whatever the document allows by now. A method that the document no longer names counts no more.
 *
 * @param bound the method that the grant is bound to
 * @param use whether the grant begins with this request, which may bind it, or goes on
 */
export function methodProblem(
  client: Client,
  used: ClientAuthenticationMethod,
  bound: BoundMethod | undefined,
  use: 'exchange' | 'refresh',
): string | undefined {
  if (client.kind !== 'metadata-document') return undefined;
  if (!authenticationsOf(client).some(({ method }) => method === used)) {
    return `the document of the client does not name ${used} any more`;
  }
  if (bound !== undefined && bound !== used) return `it is bound to ${bound}, and came with ${used}`;
  return use === 'refresh' && bound === undefined && used !== 'none'
    ? `it was issued without authentication, and came with ${used}`
    : undefined;
}
