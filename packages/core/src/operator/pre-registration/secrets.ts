import { clientSecretHash } from '../../client/secret.ts';
import type { PreregisteredClient } from '../../client/client.ts';
import type { GenerateToken } from '../../ports/clock.ts';
import type { OperatorOptions } from '../operator-options.ts';
import type { ReplaceClient } from './terms.ts';

/** The result of a change to the secrets of a client, newest first. */
export type SecretChange =
  | {
      readonly outcome: 'changed';
      readonly before: PreregisteredClient;
      readonly client: PreregisteredClient;
    }
  | { readonly outcome: 'unchanged' }
  /** It uses another authentication method. */
  | { readonly outcome: 'no-secret' }
  /** No pre-registered client has this id. */
  | { readonly outcome: 'missing' };

/** The result of replacing the secret of a client. The new secret is returned once and stored only as a hash. */
export type SecretRotation =
  | {
      readonly outcome: 'rotated';
      readonly before: PreregisteredClient;
      readonly client: PreregisteredClient;
      /** Returned once and not stored. */
      readonly secret: string;
    }
  | Exclude<SecretChange, { readonly outcome: 'changed' | 'unchanged' }>;

/** A new secret: `vcs_` and 256 random bits, so that secret scanners recognize a leaked one. */
export const newSecret = (generateToken: GenerateToken): string => `vcs_${generateToken()}`;

/**
 * Gives a client another secret. The previous one stays valid, and older ones become invalid.
 *
 * @param replace stores the change with its event; `false` if the client has changed meanwhile
 */
export async function rotateSecret(
  options: Pick<OperatorOptions, 'clients' | 'generateToken' | 'hash'>,
  realm: string,
  clientId: string,
  replace: ReplaceClient,
): Promise<SecretRotation> {
  const secret = newSecret(options.generateToken);
  const fresh = clientSecretHash(options.hash, secret);
  const renewed = (hashes: readonly string[]): readonly string[] => [fresh, ...hashes.slice(0, 1)];
  const change = await changeSecrets(options, realm, clientId, renewed, replace);
  if (change.outcome === 'changed') {
    const { before, client } = change;
    return { outcome: 'rotated', before, client, secret };
  }
  return change.outcome === 'unchanged' ? rotateSecret(options, realm, clientId, replace) : change;
}

/**
 * Makes all secrets except the newest invalid.
 *
 * @param replace stores the change with its event; `false` if the client has changed meanwhile
 */
export const endOldSecrets = (
  options: Pick<OperatorOptions, 'clients'>,
  realm: string,
  clientId: string,
  replace: ReplaceClient,
): Promise<SecretChange> => changeSecrets(options, realm, clientId, (hashes) => hashes.slice(0, 1), replace);

async function changeSecrets(
  options: Pick<OperatorOptions, 'clients'>,
  realm: string,
  clientId: string,
  change: (hashes: readonly string[]) => readonly string[],
  replace: ReplaceClient,
): Promise<SecretChange> {
  const client = await options.clients.find(realm, clientId);
  if (client?.kind !== 'pre-registered') return { outcome: 'missing' };
  const { authentication } = client.terms;
  if (!('secretHashes' in authentication)) return { outcome: 'no-secret' };
  const { secretHashes } = authentication;
  const hashes = change(secretHashes);
  if (hashes.join() === secretHashes.join()) return { outcome: 'unchanged' };
  const next: PreregisteredClient = {
    ...client,
    terms: {
      ...client.terms,
      authentication: { ...authentication, secretHashes: hashes },
    },
  };
  return (await replace(client, next))
    ? { outcome: 'changed', before: client, client: next }
    : changeSecrets(options, realm, clientId, change, replace);
}
