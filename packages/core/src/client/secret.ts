import type { Hash } from '../ports/hash.ts';

/** The hash under which a client's secret is stored. A secret has 256 random bits, so a fast hash is sufficient. */
export const clientSecretHash = (hash: Hash, secret: string): string => hash(`client-secret:${secret}`);
