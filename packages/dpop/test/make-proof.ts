import { base64url, calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

/** A key of a client that signs proofs. */
export interface ProofKey {
  readonly algorithm: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
  readonly privateJwk: JWK;
  readonly thumbprint: string;
}

export async function proofKey(algorithm = 'ES256'): Promise<ProofKey> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  const publicJwk = await exportJWK(publicKey);
  const privateJwk = await exportJWK(privateKey);
  const thumbprint = await calculateJwkThumbprint(publicJwk);
  return { algorithm, privateKey, publicJwk, privateJwk, thumbprint };
}

/** Signs any claims under any header. Members that are `undefined` are left out. */
export function signProof(
  { algorithm, privateKey, publicJwk }: ProofKey,
  claims: Readonly<Record<string, unknown>>,
  header: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: algorithm, typ: 'dpop+jwt', jwk: publicJwk, ...header })
    .sign(privateKey);
}

/** A JWT made of any parts. */
export const jwtOf = (header: unknown, payload: unknown, signature = ''): string =>
  [header, payload].map((part) => base64url.encode(JSON.stringify(part))).join('.') + `.${signature}`;
