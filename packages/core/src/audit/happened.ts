import type { Instant } from '../time.ts';
import type { Actor } from './actor.ts';
import type { RecordedState } from './recorded-state.ts';

/** What is known of every event: where and when it happened. */
export interface Happened {
  /** The id of the realm. */
  readonly realm: string;
  /** When it happened. */
  readonly at: Instant;
  /** The network address of the request, as the HTTP layer determined it. Absent if no request caused the event. */
  readonly ip?: string;
}

/**
 * An act of an operator: who it was, and what changed. Members that did not change are in neither `before` nor `after`, and
 * neither has a secret or a hash. All three are absent in events of older versions.
 */
export interface Acted extends Happened {
  /** Who did it. */
  readonly actor?: Actor;
  /** What it was. Absent: it did not exist, or nothing is recorded of it. */
  readonly before?: RecordedState;
  /** What it is now. Absent: it no longer exists, or nothing is recorded of it. */
  readonly after?: RecordedState;
}
