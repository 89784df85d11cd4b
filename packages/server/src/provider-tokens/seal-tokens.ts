import { base64url } from 'jose';
import type { KeyCipher } from '../key/key-cipher.ts';
import type { StoredProviderTokens } from '../ports/provider-token-store.ts';
import type { ProvidedTokens } from './token-provider.ts';

/** What is encrypted for a grant. */
export interface SealedContents extends ProvidedTokens {
  readonly obtainedAt: number;
  /** The hash of the refresh token of this server for which they were obtained. Absent: for the code. */
  readonly obtainedFor?: string;
}

/** The record that a ciphertext belongs to. */
type Place = Pick<StoredProviderTokens, 'realm' | 'grantId' | 'version'>;

/** The name that a ciphertext is bound to: it cannot be moved to another grant, realm or version. */
const nameOf = ({ realm, grantId, version }: Place): string =>
  `provider-tokens:${JSON.stringify([realm, grantId, version])}`;

/**
 * Encrypts the tokens of a grant, as the octets of a symmetric key.
 *
 * @throws Error if the cipher does not encrypt
 * @see {@link https://www.rfc-editor.org/rfc/rfc7518#section-6.4 RFC 7518 §6.4}
 */
export async function sealTokens(cipher: KeyCipher, place: Place, contents: SealedContents): Promise<string> {
  const octets = base64url.encode(JSON.stringify(contents));
  const sealed = await cipher.encrypt({ kty: 'oct', k: octets }, nameOf(place));
  if (sealed.kind !== 'encrypted') throw new Error('Tokens of a provider are stored encrypted only.');
  return sealed.jwe;
}

/** @throws Error if the secret is not here, or the ciphertext was changed or moved */
export async function openTokens(
  cipher: KeyCipher,
  { sealed, ...place }: StoredProviderTokens,
): Promise<SealedContents> {
  const { k = '' } = await cipher.decrypt({ kind: 'encrypted', jwe: sealed }, nameOf(place));
  return JSON.parse(new TextDecoder().decode(base64url.decode(k)));
}
