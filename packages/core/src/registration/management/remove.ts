import { commitRegistration } from '../../audit/commit-recorded.ts';
import type { Options } from '../registrar-options.ts';
import { authenticate } from './authenticate.ts';
import { eventsOf } from './recorder.ts';
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
  const found = await authenticate(options, request);
  if ('outcome' in found) return found;
  const { realm, client } = found;
  if (client.blockedAt !== undefined) return { outcome: 'blocked' };
  const { id: clientId, name: clientName, version: expectedVersion } = client;
  const removed = await commitRegistration(
    options,
    [
      { kind: 'client.remove', realm: realm.id, id: clientId, expectedVersion },
      { kind: 'grant.end-all', realm: realm.id, clientId, at: options.clock() },
    ],
    [eventsOf(options, request)({ type: 'client.removed', clientId, clientName, reason: 'client' })],
  );
  // The client was used, changed or blocked meanwhile: authenticate and authorize again.
  if (!removed.committed && removed.unmet.reason === 'stale') return removeRegistration(options, request);
  return { outcome: 'removed' };
}
