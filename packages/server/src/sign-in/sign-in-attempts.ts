import type { Instant, Limit, RateLimiter } from '@vestibule/core';
import { addressKey } from '@vestibule/http';
import type { Room } from '../limits/count-request.ts';
import { sha256 } from '../web/digest.ts';
import { canonicalUsername } from '../ports/person-store.ts';

/** Wrong passwords from one address, whatever the name: a few passwords tried on very many names. */
const PER_ADDRESS: Limit = { uses: 100, seconds: 600 };

/** Wrong passwords for one name from one address. A person elsewhere who has this name is not held up. */
const PER_NAME_AND_ADDRESS: Limit = { uses: 10, seconds: 600 };

/** Wrong passwords for one name from everywhere: very many addresses that guess together. */
const PER_NAME: Limit = { uses: 30, seconds: 3_600 };

/** Wrong passwords in a browser that is known for the name, which has none of the limits above. */
const PER_DEVICE: Limit = { uses: 10, seconds: 600 };

/** The uses of one sign-in attempt: taken before the password is looked at, given back when it was right. */
export interface SignInAttempt {
  take(): Promise<Room>;
  release(): Promise<void>;
}

export interface Attempted {
  readonly realm: string;
  readonly username: string;
  readonly ip: string;
  /** The browser, where it is known for this name. */
  readonly device: string | undefined;
}

export async function signInAttempt(
  limiter: RateLimiter,
  { realm, username, ip, device }: Attempted,
): Promise<SignInAttempt> {
  const name = await sha256(canonicalUsername(username));
  const address = `sign-in:${realm}:${addressKey(ip)}`;
  const uses: readonly (readonly [string, Limit])[] =
    device === undefined
      ? [
          [address, PER_ADDRESS],
          [`${address}:${name}`, PER_NAME_AND_ADDRESS],
          [`sign-in-name:${realm}:${name}`, PER_NAME],
        ]
      : [[`sign-in-device:${realm}:${device}`, PER_DEVICE]];
  const taken: (readonly [string, Limit, Instant])[] = [];
  return {
    async take() {
      for (const [key, limit] of uses) {
        const verdict = await limiter.consume(key, limit);
        if (!verdict.allowed) return verdict;
        taken.push([key, limit, verdict.windowEnds]);
      }
      return { allowed: true };
    },
    async release() {
      for (const [key, limit, windowEnds] of taken.splice(0)) await limiter.refund(key, limit, windowEnds);
    },
  };
}
