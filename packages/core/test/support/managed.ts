import type { ManagementRequest } from '../../src/registration/management/request.ts';
import type { PartialRealmSettings } from '../../src/realm/settings.ts';
import { realmWith, type Registration } from './realm.ts';
import { BODY, type Sent, setUp, sourceAt } from './set-up.ts';

/** A realm whose clients manage themselves. */
export const managed = (
  registration: Registration = {},
  others?: PartialRealmSettings,
): ReturnType<typeof realmWith> => realmWith({ management: { enabled: true }, ...registration }, others);

/** A registered client, and its management requests. */
export async function registeredIn(realm = managed(), body: object = BODY, sent?: Sent, given = {}) {
  const all = setUp(realm, given);
  const answer = await all.registered(body, sent);
  const { client_id: clientId, registration_access_token: token = '' } = answer;
  const request = (over: Partial<ManagementRequest> = {}): ManagementRequest => ({
    realm: 'main',
    clientId,
    token,
    source: sourceAt('192.0.2.7'),
    ...over,
  });
  return {
    ...all,
    answer,
    clientId,
    token,
    request,
    read: (over?: Partial<ManagementRequest>) => all.registrar.read(request(over)),
    update: (next: unknown, over?: Partial<ManagementRequest>) => all.registrar.update(request(over), next),
    remove: (over?: Partial<ManagementRequest>) => all.registrar.remove(request(over)),
    /** The body of an update that names its client. */
    own: (over: object = {}) => ({ ...BODY, client_id: clientId, ...over }),
  };
}
