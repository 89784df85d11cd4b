import { isManaging } from '../persistence.ts';
import { isRegistrationOpen } from '../../gates/gates.ts';
import type { Client, DynamicClient } from '../../client/client.ts';
import { lifeOf } from '../../lifecycle/life.ts';
import { findRealm } from '../../realm/find.ts';
import type { Realm } from '../../realm/realm.ts';
import type { Instant } from '../../time.ts';
import { quoteClientId } from '../../text/quote.ts';
import { isTokenOf } from '../present-access-token.ts';
import type { Options } from '../registrar-options.ts';
import { recorder } from './recorder.ts';
import type { ManagementObstacle, ManagementRequest, Manager } from './request.ts';

/**
 * Finds the client of a request, if the request presents that client's registration access token. A hibernated client can
 * manage itself; an expired one cannot, whether a sweep has deleted it or not. Only dynamic clients have a registration to
 * manage.
 */
export async function authenticate(
  options: Options,
  request: ManagementRequest,
): Promise<Manager | Exclude<ManagementObstacle, { outcome: 'blocked' }>> {
  const { realms, clients, clock, hash, managementUri } = options;
  if (managementUri === undefined) return { outcome: 'closed' };
  const realm = await findRealm(realms, request.realm);
  if (realm === undefined || !isRegistrationOpen(realm) || !isManaging(realm)) {
    return { outcome: 'closed' };
  }
  const { token } = request;
  if (token === undefined) return { outcome: 'unauthorized', token: 'missing' };
  const found = await clients.find(realm.id, request.clientId);
  const client = found && isItsOwn(found, realm, clock()) ? found : undefined;
  if (isTokenOf(hash, client, token) && client !== undefined) {
    return { realm, client, token, uri: managementUri(realm, client.id) };
  }
  await recorder(
    options,
    request,
  )({
    type: 'management.unauthorized',
    ...(client === undefined
      ? { claimedClientId: quoteClientId(request.clientId) }
      : { clientId: client.id }),
  });
  return { outcome: 'unauthorized', token: 'invalid' };
}

const isItsOwn = (client: Client, { settings }: Realm, now: Instant): client is DynamicClient =>
  client.kind === 'dynamic' && lifeOf(client, settings.lifecycle, now).state !== 'gone';
