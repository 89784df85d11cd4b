import type { Venue } from '../support/venue.ts';

/** Tests that run at every venue. It is open while they run. */
export type Table = (venue: () => Venue) => void;
