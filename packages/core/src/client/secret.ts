import type { Hash } from '../ports/hash.ts';

/** The hash under which a client's secret is kept. A secret is 256 random bits, so that a fast hash is enough. */
export const clientSecretHash = (hash: Hash, secret: string): Promise<string> =>
  hash(`client-secret:${secret}`);
