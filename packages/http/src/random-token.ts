import { randomBytes } from 'node:crypto';

/** How many random bytes a token has. */
const TOKEN_BYTES = 32;

/** How many bytes the generator is asked for at once: for 256 tokens. */
const POOL_BYTES = 8_192;

/** Random bytes for the next tokens. Each is used once, and overwritten then. */
let pool: Buffer | undefined;

/** The first byte of the pool that no token has. */
let next = 0;

/** 256 random bits from the platform's generator, base64url: `[A-Za-z0-9_-]{43}`. */
export function randomToken(): string {
  if (pool === undefined || next === POOL_BYTES) {
    pool = randomBytes(POOL_BYTES);
    next = 0;
  }
  const from = next;
  next += TOKEN_BYTES;
  const token = pool.toString('base64url', from, next);
  pool.fill(0, from, next);
  return token;
}
