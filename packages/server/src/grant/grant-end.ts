import { after, type Instant, type Seconds } from '@vestibule/core';
import type { Grant } from '../records/grant.ts';

type Ending = Pick<Grant, 'endsAt'>;

/** The expiry of something that belongs to a grant: its own, but not after the end of the grant. */
export const expiryWithin = ({ endsAt = Infinity }: Ending, now: Instant, lifetime: Seconds): Instant =>
  Math.min(after(now, lifetime), endsAt);

/** The lifetime of a token of a grant, in whole seconds. 0 if the grant has ended. */
export const lifetimeWithin = ({ endsAt = Infinity }: Ending, now: Instant, lifetime: Seconds): Seconds =>
  Math.max(0, Math.min(lifetime, Math.floor((endsAt - now) / 1000)));
