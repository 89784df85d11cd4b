import { base64url } from 'jose';

/** For so long a nonce is handed out, in milliseconds. It counts a window longer, and one earlier for whose clock is behind. */
const WINDOW = 120_000;

const encoder = new TextEncoder();

/**
 * The nonce that is handed out now. Nonces are kept nowhere: they follow from a secret that all processes of a server share,
 * and from the time. Every client is given the same one, since a nonce only shows that a proof is fresh; that it is good once
 * is a matter of its `jti`.
 *
 * @param now in milliseconds since 1970
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-8 RFC 9449 §8}
 */
export const currentNonce = (secret: string, now: number): Promise<string> => nonceOf(secret, windowAt(now));

/** The nonces that count now. */
export function countingNonces(secret: string, now: number): Promise<readonly string[]> {
  const current = windowAt(now);
  return Promise.all([current - 1, current, current + 1].map((window) => nonceOf(secret, window)));
}

const windowAt = (now: number): number => Math.floor(now / WINDOW);

async function nonceOf(secret: string, window: number): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign']);
  const mac = await crypto.subtle.sign('HMAC', key, encoder.encode(`dpop-nonce:${window}`));
  return base64url.encode(new Uint8Array(mac));
}
