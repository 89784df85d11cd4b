import type { RateLimiter } from '@vestibule/core';
import { hash } from 'node:crypto';

/**
 * Keeps keys as SHA-256 hashes: they are made of addresses and names, which nobody should find in a table, and of what
 * strangers send, which may be long and hold any character.
 */
export function withHashedKeys({ consume, refund }: RateLimiter): RateLimiter {
  return {
    consume: (key, limit) => consume(keyHash(key), limit),
    refund: (key, limit, windowEnds) => refund(keyHash(key), limit, windowEnds),
  };
}

const keyHash = (key: string): string => hash('sha256', key, 'base64url');
