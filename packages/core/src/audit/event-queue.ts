import type { AuditEvent } from './event.ts';

/** Events that are recorded behind the response, many at once. */
export interface EventQueue {
  /** Adds an event. Waits only if very many are waiting already. */
  add(event: AuditEvent): Promise<void>;
  /** Resolves when all events that were added are recorded or lost. */
  settled(): Promise<void>;
}

export interface EventQueueOptions {
  /** Records events together. */
  readonly append: (events: readonly AuditEvent[]) => Promise<void>;
  /** Called with events that could not be recorded. */
  readonly onLost: (events: readonly AuditEvent[]) => void;
  /** The largest number of events that are recorded together. @default 256 */
  readonly batch?: number;
  /** The number of waiting events from which on adding one waits. @default 4096 */
  readonly most?: number;
}

/** Creates a queue. While one batch is being recorded, the next one gathers. */
export function createEventQueue({
  append,
  onLost,
  batch = 256,
  most = 4_096,
}: EventQueueOptions): EventQueue {
  let waiting: AuditEvent[] = [];
  let flushing: Promise<void> | undefined;

  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      const events = waiting.slice(0, batch);
      waiting = waiting.slice(batch);
      try {
        await append(events);
      } catch {
        onLost(events);
      }
    }
    flushing = undefined;
  }

  return {
    async add(event) {
      waiting.push(event);
      flushing ??= flush();
      if (waiting.length >= most) await flushing;
    },
    settled: async () => flushing,
  };
}
