import { differingPaths } from '../../audit/recorded-state.ts';
import type { ClientAuthentication } from '../../client/preregistration.ts';
import type { PreregisteredClient } from '../../client/client.ts';
import { findRealm } from '../../realm/find.ts';
import { clientState } from '../client-state.ts';
import type { OperatorOptions } from '../operator-options.ts';
import { judgeTerms } from './judge-terms.ts';
import { applicationType } from './pre-register.ts';
import type { Amending, Amendment, ReplaceClient } from './terms.ts';

/**
 * Changes an operator's decisions about a client, retrying after concurrent changes. Takes effect at once.
 *
 * @param replace stores the change with its event; `false` if the client has changed meanwhile
 */
export async function amend(
  options: Pick<OperatorOptions, 'realms' | 'clients'>,
  realmId: string,
  clientId: string,
  amendment: Amendment,
  replace: ReplaceClient,
): Promise<Amending> {
  const { realms, clients } = options;
  const realm = await findRealm(realms, realmId);
  const client = await clients.find(realmId, clientId);
  if (realm === undefined || client?.kind !== 'pre-registered') return { outcome: 'missing' };
  const { authentication } = client.terms;
  const { keys, name = client.name, redirectUris = client.redirectUris } = amendment;
  const { access, rememberConsent } = { ...client.terms, ...amendment };
  if (keys !== undefined && authentication.method !== 'private_key_jwt') {
    const problem = `are not what it authenticates with: that is ${authentication.method}`;
    return { outcome: 'refused', member: 'keys', problem };
  }
  const next: ClientAuthentication =
    keys === undefined ? authentication : { method: 'private_key_jwt', ...keys };
  // The secrets of the client are not part of the amendment.
  const judged = 'secretHashes' in next ? { method: next.method } : next;
  const refused = judgeTerms({ name, redirectUris, access, authentication: judged }, realm);
  if (refused !== undefined) return refused;
  const amended: PreregisteredClient = {
    ...client,
    name,
    redirectUris,
    applicationType: applicationType(redirectUris),
    terms: { authentication: next, access, rememberConsent },
  };
  if (differingPaths(clientState(client), clientState(amended)).length === 0) {
    return { outcome: 'unchanged', client };
  }
  return (await replace(client, amended))
    ? { outcome: 'changed', before: client, client: amended }
    : amend(options, realmId, clientId, amendment, replace);
}
