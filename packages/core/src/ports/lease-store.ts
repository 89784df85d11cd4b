import type { Instant } from '../time.ts';

/** Leases for work that only one process does at a time. Every method is atomic; none reads a clock. */
export interface LeaseStore {
  /**
   * Takes or renews a lease until `expiresAt`. Returns whether the holder has it: of concurrent calls exactly one gets it,
   * and once it expires (`expiresAt` is at or before `now`) another holder can.
   */
  take(name: string, holder: string, now: Instant, expiresAt: Instant): Promise<boolean>;
  /** Releases a lease if this holder has it. */
  release(name: string, holder: string): Promise<void>;
}
