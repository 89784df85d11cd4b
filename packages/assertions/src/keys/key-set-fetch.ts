import type { KeysCause } from '@vestibule/core';

/**
 * Fetches the key sets at the `jwksUri` of parties: `createGuardedFetch()` of `@vestibule/cimd/node`, which does not connect to what is
 * inside your network unless you allow it. It has to limit time and size itself, and to follow no redirect.
 */
export interface KeySetFetch {
  /** Everything that the other side can cause is an outcome; nothing of it is an exception. */
  fetch(request: KeySetRequest): Promise<KeySetOutcome>;
}

/** The key set to fetch. */
export interface KeySetRequest {
  readonly url: string;
  readonly accept: 'jwks';
  /** The largest acceptable body, in bytes. */
  readonly maxBytes: number;
  /** Who chose the URL: an operator, in the settings, or a stranger. */
  readonly chosenBy: 'operator' | 'stranger';
  /** Whose request waits for the keys, for limits on what strangers can cause. Absent: it is not known. */
  readonly cause?: KeysCause;
}

/** What became of the fetch of a key set. */
export type KeySetOutcome =
  /** `body` is the parsed JSON: any value. */
  | { readonly ok: true; readonly body?: unknown }
  /**
   * `reason` is a word, such as `timeout`; `detail` a sentence. Both are for the operator. `governed` means that nothing was fetched
   * because of a limit of the networks of the request. It says nothing about the keys, and the next request may get them.
   */
  | { readonly ok: false; readonly reason: string; readonly detail: string };
