import type { RateLimiter } from '@vestibule/core';
import { hash } from 'node:crypto';

/**
 * Stores keys as SHA-256 hashes. Keys contain addresses and names, which should not be readable in a table, and request
 * data, which can be long and hold any character.
 */
export function withHashedKeys({ consume, refund }: RateLimiter): RateLimiter {
  return {
    consume: (key, limit) => consume(keyHash(key), limit),
    refund: (key, limit, windowEnds) => refund(keyHash(key), limit, windowEnds),
  };
}

const keyHash = (key: string): string => hash('sha256', key, 'base64url');
