import type { Clock, RateLimiter } from '@vestibule/core';

/** Counts uses in fixed windows of the virtual time. All nodes share one, as they share a database. */
export function createVirtualLimiter(clock: Clock): RateLimiter {
  const windows = new Map<string, { uses: number; readonly endsAt: number }>();
  const nameOf = (key: string, seconds: number): string => `${seconds}:${key}`;
  return {
    consume: async (key, { uses, seconds }) => {
      const name = nameOf(key, seconds);
      const known = windows.get(name);
      const window =
        known !== undefined && known.endsAt > clock()
          ? known
          : { uses: 0, endsAt: clock() + seconds * 1_000 };
      windows.set(name, window);
      if (window.uses >= uses) {
        return { allowed: false, retryAfter: Math.max(1, Math.ceil((window.endsAt - clock()) / 1_000)) };
      }
      window.uses += 1;
      return { allowed: true, windowEnds: window.endsAt };
    },
    refund: async (key, { seconds }, windowEnds) => {
      const window = windows.get(nameOf(key, seconds));
      if (window?.endsAt === windowEnds && window.uses > 0) window.uses -= 1;
    },
  };
}
