import { isDoorOpen } from '../../gates/gates.ts';
import { findRealm } from '../../realm/find.ts';
import { isTokenOf } from '../access-token.ts';
import type { Options } from '../options.ts';
import { recorder } from './recorder.ts';
import type { ManagementObstacle, ManagementRequest, Manager } from './request.ts';

/**
 * Finds the client that a request is about, if it shows that client's token. A client manages itself for as long as it is
 * kept, whether or not anybody uses it.
 */
export async function authenticate(
  options: Options,
  request: ManagementRequest,
): Promise<Manager | Exclude<ManagementObstacle, { outcome: 'blocked' }>> {
  const { realms, clients, hash } = options;
  const realm = await findRealm(realms, request.realm);
  if (realm === undefined || !isDoorOpen(realm) || !realm.settings.registration.management.enabled) {
    return { outcome: 'closed' };
  }
  const { token } = request;
  if (token === undefined) return { outcome: 'unauthorized', token: 'missing' };
  const client = await clients.find(realm.id, request.clientId);
  if ((await isTokenOf(hash, client, token)) && client !== undefined) return { realm, client, token };
  await recorder(options, request)({ type: 'management.unauthorized' });
  return { outcome: 'unauthorized', token: 'invalid' };
}
