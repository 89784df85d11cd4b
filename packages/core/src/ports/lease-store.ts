import type { Instant } from '../time.ts';

/** Work that one process at a time does, whatever the number of them. Every method is atomic; none reads a clock. */
export interface LeaseStore {
  /**
   * Takes or renews a lease until `expiresAt`. Says whether the holder has it: of many that ask at once exactly one gets
   * it, and from the moment it expires (`expiresAt` is at or before `now`) another may.
   */
  take(name: string, holder: string, now: Instant, expiresAt: Instant): Promise<boolean>;
  /** Gives a lease back, if this holder has it. */
  release(name: string, holder: string): Promise<void>;
}
