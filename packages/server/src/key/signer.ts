import type { SigningAlgorithm } from '@vestibule/core/realm';
import { importJWK, type JWK } from 'jose';
import { KeyObject, sign } from 'node:crypto';
import { concatenated } from './ecdsa-signature.ts';

/** A key that tokens are signed with. */
export interface Signer {
  readonly kid: string;
  readonly algorithm: SigningAlgorithm;
  /**
   * Signs a JWT.
   *
   * @param type the `typ` of its header; absent: the header has none
   */
  sign(claims: object, type?: string): Promise<string>;
}

/**
 * A signer with this private key.
 *
 * @throws Error if the JWK is not a private key for the algorithm
 */
export async function createSigner(kid: string, algorithm: SigningAlgorithm, jwk: JWK): Promise<Signer> {
  const imported = await importJWK(jwk, algorithm, { extractable: true });
  if (imported instanceof Uint8Array || imported.type !== 'private') {
    throw new Error(`Signing key ${kid} is not a private key.`);
  }
  const signature = signatureOf(algorithm, KeyObject.from(imported));
  const headers = new Map<string | undefined, string>();

  /** The encoded header. There are as many as types of tokens. */
  function headerOf(type: string | undefined): string {
    const known = headers.get(type);
    if (known !== undefined) return known;
    const header = segment({ ...(type !== undefined && { typ: type }), alg: algorithm, kid });
    headers.set(type, header);
    return header;
  }

  return {
    kid,
    algorithm,
    sign: async (claims, type) => {
      const input = `${headerOf(type)}.${segment(claims)}`;
      return `${input}.${(await signature(Buffer.from(input))).toString('base64url')}`;
    },
  };
}

const segment = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * ES256 and EdDSA take less time than handing the work to another thread, so they are synchronous. RS256 takes many times
 * as long, so it is done on the thread pool and other requests go on.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7518#section-3.4 RFC 7518 §3.4}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8037#section-3.1 RFC 8037 §3.1}
 */
function signatureOf(
  algorithm: SigningAlgorithm,
  key: KeyObject,
): (input: Buffer) => Buffer | Promise<Buffer> {
  switch (algorithm) {
    case 'ES256':
      return (input) => concatenated(sign('sha256', input, key));
    case 'EdDSA':
      return (input) => sign(null, input, key);
    case 'RS256':
      return (input) =>
        new Promise((resolve, reject) => {
          sign('sha256', input, key, (error, signature) => (error ? reject(error) : resolve(signature)));
        });
  }
}
