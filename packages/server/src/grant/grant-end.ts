import { after, type Instant, type Seconds } from '@vestibule/core';
import type { Grant } from '../records/grant.ts';

type Ending = Pick<Grant, 'endsAt'>;

/** When something of a grant expires that would live so long: not after the person wanted it to end. */
export const expiryWithin = ({ endsAt = Infinity }: Ending, now: Instant, lifetime: Seconds): Instant =>
  Math.min(after(now, lifetime), endsAt);

/** How long a token of a grant lives, in whole seconds. 0: what the person allowed has ended. */
export const lifetimeWithin = ({ endsAt = Infinity }: Ending, now: Instant, lifetime: Seconds): Seconds =>
  Math.max(0, Math.min(lifetime, Math.floor((endsAt - now) / 1000)));
