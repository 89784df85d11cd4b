import type { Instant } from '../time.ts';

/** What people allowed a client, as far as registration has to know of it. */
export interface ClientGrants {
  /**
   * Ends everything that people allowed this client: codes and refresh tokens of it are worth nothing from now on. Says
   * how many grants this call ended.
   */
  endAll(realm: string, clientId: string, at: Instant): Promise<number>;
}
