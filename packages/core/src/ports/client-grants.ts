import type { Instant } from '../time.ts';

/** The grants of a client, as far as registration needs them. */
export interface ClientGrants {
  /** Ends all grants of a client: its codes and refresh tokens become invalid. Returns how many grants this call ended. */
  endAll(realm: string, clientId: string, at: Instant): Promise<number>;
}
