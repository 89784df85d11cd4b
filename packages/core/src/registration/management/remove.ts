import type { Options } from '../registrar-options.ts';
import { authenticate } from './authenticate.ts';
import { recorder } from './recorder.ts';
import type { ManagementObstacle, ManagementRequest } from './request.ts';

/** The result of deleting a registration. */
export type RemovalOutcome = { readonly outcome: 'removed' } | ManagementObstacle;

/**
 * Deletes a registration and ends all grants of the client.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7592#section-2.3 RFC 7592 §2.3}
 */
export async function removeRegistration(
  options: Options,
  request: ManagementRequest,
): Promise<RemovalOutcome> {
  const { clients, grants, clock } = options;
  const found = await authenticate(options, request);
  if ('outcome' in found) return found;
  const { realm, client } = found;
  if (client.blockedAt !== undefined) return { outcome: 'blocked' };
  const removed = await clients.remove(realm.id, client.id, client.version);
  // The client was used, changed or blocked meanwhile: authenticate and authorize again.
  if (removed === 'stale') return removeRegistration(options, request);
  if (removed === 'removed') {
    const { id: clientId, name: clientName } = client;
    await recorder(options, request)({ type: 'client.removed', clientId, clientName, reason: 'client' });
  }
  // Removes the client first: a grant that is created meanwhile is worthless without it.
  await grants?.endAll(realm.id, client.id, clock());
  return { outcome: 'removed' };
}
