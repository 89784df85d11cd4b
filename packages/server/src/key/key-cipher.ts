import { base64url, CompactEncrypt, compactDecrypt, decodeProtectedHeader, errors, type JWK } from 'jose';
import { sha256 } from '../web/digest.ts';
import type { PrivateKey } from '../records/signing-key.ts';

/** Encrypts the private keys of signing keys, so that the database alone does not reveal them. */
export interface KeyCipher {
  encrypt(jwk: JWK, kid: string): Promise<PrivateKey>;
  /** @throws Error if none of the secrets fits, or the stored value was changed */
  decrypt(privateKey: PrivateKey, kid: string): Promise<JWK>;
  /** Whether it would be encrypted differently now: it is plain, or encrypted under an older secret. */
  isOutdated(privateKey: PrivateKey): boolean;
}

/** A secret of a cipher: 256 random bits. */
const SECRET_BYTES = 32;

/**
 * Encrypts with AES-256-GCM under the first secret and decrypts under any of them, so that a secret can be replaced without
 * an interruption. The ciphertext is bound to the id of the key, so two rows cannot be swapped.
 *
 * @param secrets 32 random bytes each, base64url
 * @throws Error if there is none, or one has another length
 * @see {@link https://www.rfc-editor.org/rfc/rfc7516#section-3.1 RFC 7516 §3.1}
 * @see {@link https://www.rfc-editor.org/rfc/rfc7518#section-5.3 RFC 7518 §5.3}
 */
export async function createKeyCipher(secrets: readonly string[]): Promise<KeyCipher> {
  const known = secrets.map(namedSecret);
  const [current] = known;
  if (current === undefined) throw new Error('A key cipher needs a secret.');

  return {
    async encrypt(jwk, kid) {
      const jwe = await new CompactEncrypt(new TextEncoder().encode(JSON.stringify({ kid, jwk })))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: current.id })
        .encrypt(current.bytes);
      return { kind: 'encrypted', jwe };
    },
    async decrypt(privateKey, kid) {
      if (privateKey.kind === 'plain') return privateKey.jwk;
      const secret = known.find(({ id }) => id === secretIdOf(privateKey.jwe));
      if (secret === undefined) {
        throw new Error(`Signing key ${kid} is encrypted under a secret that is not here.`);
      }
      const kept = await opened(privateKey.jwe, secret.bytes, kid);
      if (kept.kid !== kid) throw new Error(`What is kept as signing key ${kid} is another one.`);
      return kept.jwk;
    },
    isOutdated: (privateKey) => privateKey.kind === 'plain' || secretIdOf(privateKey.jwe) !== current.id,
  };
}

/** Stores private keys without encryption: for tests, and if the database itself is encrypted. */
export const plainKeys: KeyCipher = {
  encrypt: async (jwk) => ({ kind: 'plain', jwk }),
  async decrypt(privateKey, kid) {
    if (privateKey.kind === 'encrypted') {
      throw new Error(`Signing key ${kid} is encrypted, and there is no secret.`);
    }
    return privateKey.jwk;
  },
  isOutdated: () => false,
};

function namedSecret(secret: string): { readonly id: string; readonly bytes: Uint8Array } {
  const bytes = base64url.decode(secret);
  if (bytes.length !== SECRET_BYTES) {
    throw new Error(`A secret of a key cipher is ${SECRET_BYTES} bytes long.`);
  }
  return { id: sha256(`key-cipher:${secret}`).slice(0, 12), bytes };
}

const secretIdOf = (jwe: string): string | undefined => decodeProtectedHeader(jwe).kid;

async function opened(
  jwe: string,
  secret: Uint8Array,
  kid: string,
): Promise<{ readonly kid: string; readonly jwk: JWK }> {
  try {
    const algorithms = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] };
    const { plaintext } = await compactDecrypt(jwe, secret, algorithms);
    return JSON.parse(new TextDecoder().decode(plaintext));
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    throw new Error(`Signing key ${kid} cannot be decrypted: it was changed.`, { cause: error });
  }
}
