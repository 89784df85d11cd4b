import { afterAll, beforeAll, describe } from 'vitest';
import { badRequests } from './bad-requests.ts';
import { metadata } from './metadata.ts';
import { registration } from './registration.ts';
import type { OpenServed, Served } from './served.ts';

/**
 * Runs every black-box case against a server.
 *
 * @param isWholeSite whether the server has its origin to itself, so that unknown paths are tried too
 * @returns the server, while a test runs
 */
export function everyCase(open: OpenServed, { isWholeSite = false } = {}): () => Served {
  let served: Served;
  beforeAll(async () => {
    served = await open();
  });
  afterAll(() => served.close());
  const there = (): Served => served;

  describe('metadata', () => {
    metadata(there);
  });
  describe('registration', () => {
    registration(there);
  });
  describe('bad requests', () => {
    badRequests(there, isWholeSite);
  });
  return there;
}
