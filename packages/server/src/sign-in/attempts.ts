import type { Limit, RateLimiter, RateLimitVerdict } from '@vestibule/core';
import { addressKey } from '@vestibule/http';
import { sha256 } from '../crypto/digest.ts';
import { canonicalUsername } from './person-store.ts';

/** Wrong passwords for one name from one address. A person elsewhere who has this name is not held up. */
const PER_NAME_AND_ADDRESS: Limit = { uses: 10, seconds: 600 };

/** Wrong passwords from one address, whatever the name: a few passwords tried on very many names. */
const PER_ADDRESS: Limit = { uses: 100, seconds: 600 };

/** The uses of one sign-in attempt: taken before the password is looked at, given back when it was right. */
export interface SignInAttempt {
  take(): Promise<RateLimitVerdict>;
  giveBack(): Promise<void>;
}

export async function signInAttempt(
  limiter: RateLimiter,
  { realm, username, ip }: { readonly realm: string; readonly username: string; readonly ip: string },
): Promise<SignInAttempt> {
  const byAddress = `sign-in:${realm}:${addressKey(ip)}`;
  const byName = `${byAddress}:${await sha256(canonicalUsername(username))}`;
  return {
    async take() {
      const verdict = await limiter.consume(byAddress, PER_ADDRESS);
      return verdict.allowed ? limiter.consume(byName, PER_NAME_AND_ADDRESS) : verdict;
    },
    async giveBack() {
      await limiter.refund(byAddress, PER_ADDRESS);
      await limiter.refund(byName, PER_NAME_AND_ADDRESS);
    },
  };
}
