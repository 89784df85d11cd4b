import type { Client } from '../client/client.ts';
import type { Instant } from '../time.ts';
import type { OperatorChange } from './operator-commit.ts';

/** How a client that is not stored yet is stored as blocked. */
export interface Blocking {
  readonly client: Client;
  /** They are made once: not if the client was stored before. */
  readonly changes: readonly OperatorChange[];
}

/** Registered clients that are not stored yet, for an operator's acts on them. */
export interface UnstoredClients {
  /**
   * The changes that store a client as blocked, so that no approval stores it from now on. The act commits them with its event.
   *
   * @returns `undefined` if this is not the `client_id` of such a client
   */
  blocking(realm: string, clientId: string, blockedAt: Instant): Promise<Blocking | undefined>;
}
