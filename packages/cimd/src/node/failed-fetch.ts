import type { FetchFailure, FetchFailureReason } from '../fetch-document.ts';

/** The outcome of a fetch that was refused or failed. */
export const failure = (reason: FetchFailureReason, detail: string): FetchFailure => ({
  ok: false,
  reason,
  detail,
});

/** Ends a connection, and becomes the outcome of its fetch. */
export class FailedFetch extends Error {
  readonly outcome: FetchFailure;

  constructor(reason: FetchFailureReason, detail: string, cause?: unknown) {
    super(detail, { cause });
    this.outcome = failure(reason, detail);
  }
}

/** Values from the other side are displayed up to this length. */
const MAX_QUOTED = 80;

/** A value from the other side, for a `detail`: printable ASCII, of bounded length. */
export function quoted(text: string): string {
  const printable = text.slice(0, MAX_QUOTED).replaceAll(/[^\x20-\x7e]/g, '?');
  return `'${printable}${text.length > MAX_QUOTED ? '…' : ''}'`;
}
