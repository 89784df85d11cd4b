import type { ClientAuthentication } from '../../client/preregistration.ts';
import { clientSecretHash } from '../../client/secret.ts';
import type { PreregisteredClient } from '../../client/client.ts';
import type { ApplicationType } from '../../metadata/client-metadata.ts';
import { findRealm } from '../../realm/find.ts';
import { parseRedirectUri } from '../../redirect-uri/parse-redirect-uri.ts';
import type { RealmDirectory } from '../../ports/realm-directory.ts';
import type { OperatorOptions } from '../operator-options.ts';
import { judgeTerms } from './judge-terms.ts';
import { newSecret } from './secrets.ts';
import type {
  AuthenticationTerms,
  PreregisteredInsertion,
  Preregistering,
  PreregistrationTerms,
} from './terms.ts';

/**
 * Creates a pre-registered client. If it needs a secret and none is given, one is generated and returned once.
 *
 * @param insert stores the client with its event, unless the realm has another client with its id
 */
export async function preregister(
  options: Pick<OperatorOptions, 'clock' | 'generateToken' | 'hash'> & {
    readonly realms: RealmDirectory;
  },
  realmId: string,
  terms: PreregistrationTerms,
  insert: (client: PreregisteredClient) => Promise<PreregisteredInsertion>,
): Promise<Preregistering> {
  const { realms, clock, generateToken } = options;
  const realm = await findRealm(realms, realmId);
  if (realm === undefined) return { outcome: 'missing' };
  const refused = judgeTerms(terms, realm);
  if (refused !== undefined) return refused;
  const { authentication, secret } = authenticationOf(options, terms.authentication);
  const { name, redirectUris, access, rememberConsent = false } = terms;
  const client: PreregisteredClient = {
    kind: 'pre-registered',
    realm: realm.id,
    id: terms.id ?? `pre-${generateToken()}`,
    version: 1,
    name,
    redirectUris,
    grantTypes: ['authorization_code', 'refresh_token'],
    applicationType: applicationType(redirectUris),
    issuedAt: clock(),
    terms: { authentication, access, rememberConsent },
  };
  const insertion = await insert(client);
  switch (insertion.outcome) {
    case 'inserted':
      return { ...insertion, outcome: 'preregistered', ...(secret !== undefined && { secret }) };
    case 'exists':
      return terms.id === undefined
        ? preregister(options, realmId, terms, insert)
        : { outcome: 'refused', member: 'id', problem: 'is the client_id of another client' };
    case 'blocked': {
      const problem = 'is the client_id of a blocked client. Unblock or delete that client first';
      return { outcome: 'refused', member: 'id', problem };
    }
  }
}

function authenticationOf(
  { generateToken, hash }: Pick<OperatorOptions, 'generateToken' | 'hash'>,
  terms: AuthenticationTerms,
): { readonly authentication: ClientAuthentication; readonly secret?: string } {
  if (terms.method === 'none' || terms.method === 'private_key_jwt') return { authentication: terms };
  const { method, secret: brought } = terms;
  const secret = brought ?? newSecret(generateToken);
  const authentication = { method, secretHashes: [clientSecretHash(hash, secret)] };
  return { authentication, ...(brought === undefined && { secret }) };
}

/** `web` if all redirect URIs are https, otherwise `native`. */
export const applicationType = (redirectUris: readonly string[]): ApplicationType =>
  redirectUris.every((raw) => {
    const parsed = parseRedirectUri(raw);
    return parsed.ok && parsed.uri.kind === 'https';
  })
    ? 'web'
    : 'native';
