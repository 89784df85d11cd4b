import { hmac, sha256 } from '../crypto/digest.ts';

/** The key under which a refresh token is kept. */
export const refreshTokenHash = (token: string): Promise<string> => sha256(`refresh:${token}`);

/**
 * The refresh token that follows another. It takes both the token, which only the client has, and the seed,
 * which only the store has: so a retry can be given the same successor though no token is kept in clear.
 */
export const successorOf = (token: string, seed: string): Promise<string> => hmac(token, `successor:${seed}`);
