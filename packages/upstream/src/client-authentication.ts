import { importPKCS8 } from 'jose';
import {
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  None,
  PrivateKeyJwt,
  type ServerMetadata,
} from 'openid-client';
import type { UpstreamSettings } from './options.ts';

/** How this server proves at the token endpoint that it is the client. */
type Credentials = Pick<UpstreamSettings, 'clientSecret' | 'privateKey' | 'clientAuthentication'>;

/**
 * The client authentication for a provider.
 *
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#ClientAuthentication OIDC Core §9}
 * @throws TypeError if the private key is not one of its algorithm
 */
export async function clientAuthentication(
  credentials: Credentials,
  metadata: Pick<ServerMetadata, 'token_endpoint_auth_methods_supported'>,
): Promise<ClientAuth> {
  const { clientSecret, privateKey } = credentials;
  if (privateKey !== undefined) {
    const { pem, algorithm, kid } = privateKey;
    const key = await importPKCS8(pem, algorithm);
    return PrivateKeyJwt(kid === undefined ? key : { key, kid });
  }
  if (clientSecret === undefined) return None();
  return secretMethod(credentials, metadata) === 'client_secret_post'
    ? ClientSecretPost(clientSecret)
    : ClientSecretBasic(clientSecret);
}

/**
 * How to send the secret. In the body, if the provider accepts that: providers disagree about how a secret with other characters than
 * letters and digits is encoded in the header. Without a list, a provider has to accept it in the header.
 */
export function secretMethod(
  { clientAuthentication: chosen }: Pick<Credentials, 'clientAuthentication'>,
  {
    token_endpoint_auth_methods_supported: supported = ['client_secret_basic'],
  }: Pick<ServerMetadata, 'token_endpoint_auth_methods_supported'>,
): 'client_secret_basic' | 'client_secret_post' {
  return chosen ?? (supported.includes('client_secret_post') ? 'client_secret_post' : 'client_secret_basic');
}
