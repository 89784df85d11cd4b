import type { Limit, RateLimiter, RateLimitVerdict } from '@vestibule/core';
import { addressKey } from '@vestibule/http';
import { sha256 } from '../crypto/digest.ts';
import { canonicalUsername } from './person-store.ts';

/** Wrong passwords for one name from one address. A person elsewhere who has this name is not held up. */
const PER_NAME_AND_ADDRESS: Limit = { uses: 10, seconds: 600 };

/** The uses of one sign-in attempt: taken before the password is looked at, given back when it was right. */
export interface SignInAttempt {
  take(): Promise<RateLimitVerdict>;
  giveBack(): Promise<void>;
}

export async function signInAttempt(
  limiter: RateLimiter,
  { realm, username, ip }: { readonly realm: string; readonly username: string; readonly ip: string },
): Promise<SignInAttempt> {
  const name = await sha256(canonicalUsername(username));
  const key = `sign-in:${realm}:${addressKey(ip)}:${name}`;
  return {
    take: () => limiter.consume(key, PER_NAME_AND_ADDRESS),
    giveBack: () => limiter.refund(key, PER_NAME_AND_ADDRESS),
  };
}
