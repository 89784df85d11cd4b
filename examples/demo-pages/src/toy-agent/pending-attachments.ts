import type { Attachment } from '@vestibule/example-agent';

/** How many people may be on their way at once: of more, the oldest have to begin again. */
const MOST = 50;

/** The agents that wait for their person, by the `state` of the authorization request. */
export interface PendingAttachments {
  add(attachment: Attachment): void;
  /** Returns the attachment once, if the browser that presents the state is the one that began it. */
  take(state: string | null, presentedByBrowser: string | undefined): Attachment | undefined;
}

/** Keeps at most fifty in memory. */
export function createPendingAttachments(): PendingAttachments {
  const pending = new Map<string, Attachment>();
  return {
    add(attachment) {
      pending.set(attachment.state, attachment);
      const [oldest] = pending.keys();
      if (pending.size > MOST && oldest !== undefined) pending.delete(oldest);
    },
    take(state, presentedByBrowser) {
      // Without this, a link from elsewhere could connect a person to the account of another.
      if (state === null || state !== presentedByBrowser) return undefined;
      const attachment = pending.get(state);
      pending.delete(state);
      return attachment;
    },
  };
}
