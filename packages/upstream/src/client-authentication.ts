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

/** The private key of the options cannot be used. */
export class UnusableKey extends Error {}

/** How this server proves at the token endpoint that it is the client. */
type Credentials = Pick<UpstreamSettings, 'clientSecret' | 'privateKey' | 'clientAuthentication'>;

/**
 * The client authentication for a provider.
 *
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#ClientAuthentication OIDC Core §9}
 * @throws UnusableKey if the private key is not one of its algorithm
 */
export async function clientAuthentication(
  credentials: Credentials,
  metadata: Pick<ServerMetadata, 'token_endpoint_auth_methods_supported'>,
): Promise<ClientAuth> {
  const { clientSecret, privateKey } = credentials;
  if (privateKey !== undefined) {
    const { pem, algorithm, kid } = privateKey;
    const key = await importPKCS8(pem, algorithm).catch(() => {
      throw new UnusableKey(`The private key is not one in PKCS #8 and PEM format for ${algorithm}.`);
    });
    return PrivateKeyJwt(kid === undefined ? key : { key, kid });
  }
  if (clientSecret === undefined) return None();
  return secretMethod(credentials, metadata) === 'client_secret_post'
    ? ClientSecretPost(clientSecret)
    : ClientSecretBasic(clientSecret);
}

/** How to send the secret. Providers compare it with how the client was registered; without a list, they have to support the header. */
export function secretMethod(
  { clientAuthentication: chosen }: Pick<Credentials, 'clientAuthentication'>,
  {
    token_endpoint_auth_methods_supported: supported = ['client_secret_basic'],
  }: Pick<ServerMetadata, 'token_endpoint_auth_methods_supported'>,
): 'client_secret_basic' | 'client_secret_post' {
  if (chosen !== undefined) return chosen;
  const needsPost = !supported.includes('client_secret_basic') && supported.includes('client_secret_post');
  return needsPost ? 'client_secret_post' : 'client_secret_basic';
}
