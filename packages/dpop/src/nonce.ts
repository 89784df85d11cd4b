import { base64url } from 'jose';

/**
 * How long a nonce is handed out, in milliseconds. The nonces of the previous and the next window are accepted as well; the
 * next one is for servers whose clock is ahead.
 */
const WINDOW = 120_000;

const encoder = new TextEncoder();

/**
 * The current nonce. Nonces are not stored: they are computed from the time and a secret that all processes of a server
 * share. All clients get the same nonce, which only proves that a proof is recent; its `jti` makes it valid once.
 *
 * @param now in milliseconds since 1970
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-8 RFC 9449 §8}
 */
export const currentNonce = (secret: string, now: number): Promise<string> => nonceOf(secret, windowAt(now));

/** The nonces that are currently accepted. */
export function acceptedNonces(secret: string, now: number): Promise<readonly string[]> {
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
