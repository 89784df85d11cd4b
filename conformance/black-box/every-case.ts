import { afterAll, beforeAll, describe } from 'vitest';
import { badRequests } from './bad-requests.ts';
import { metadata } from './metadata.ts';
import { registration } from './registration.ts';
import type { OpenServed, Served } from './served.ts';

/**
 * Runs every black-box case against a server.
 *
 * @param isWholeSite whether every path of its origin belongs to the server, so that unknown paths are tried too
 */
export function everyCase(open: OpenServed, { isWholeSite = false } = {}): void {
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
}
