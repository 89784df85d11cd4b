import type { Instant, Limit, RateLimiter } from '@vestibule/core';
import { addressKey } from '@vestibule/http';
import type { Room } from '../limits/room.ts';
import { sha256 } from '../web/digest.ts';
import { canonicalUsername } from '../ports/person-store.ts';

/** Wrong passwords from one address, for any name: against a few passwords tried on very many names. */
const PER_ADDRESS: Limit = { uses: 100, seconds: 600 };

/** Wrong passwords for one name from one address. The owner of the name elsewhere is not affected. */
const PER_NAME_AND_ADDRESS: Limit = { uses: 10, seconds: 600 };

/** Wrong passwords for one name from all addresses: against very many addresses that guess together. */
const PER_NAME: Limit = { uses: 30, seconds: 3_600 };

/** Wrong passwords in a browser that is known for the name, to which the limits above do not apply. */
const PER_DEVICE: Limit = { uses: 10, seconds: 600 };

/** The quota of one sign-in attempt: reserved before the password is checked, released if it was right. */
export interface SignInAttempt {
  take(): Promise<Room>;
  release(): Promise<void>;
}

export interface Attempted {
  readonly realm: string;
  readonly username: string;
  readonly ip: string;
  /** The id of the browser, if it is known for this name. */
  readonly device: string | undefined;
}

export async function signInAttempt(
  limiter: RateLimiter,
  { realm, username, ip, device }: Attempted,
): Promise<SignInAttempt> {
  const name = sha256(canonicalUsername(username));
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
