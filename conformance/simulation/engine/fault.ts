export const FAULTS = ['slow', 'unavailable', 'unacknowledged', 'killed-before', 'killed-after'] as const;

/** What goes wrong at one write of an act. */
export interface Fault {
  readonly kind: (typeof FAULTS)[number];
  /** The number of the write, from 1. */
  readonly write: number;
}
