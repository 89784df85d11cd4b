import type { DynamicClient } from '../../client/client.ts';
import type { Realm } from '../../realm/realm.ts';
import type { RegistrationSource } from '../registration-source.ts';

/** A request to manage a registration. */
export interface ManagementRequest {
  readonly realm: string;
  readonly clientId: string;
  /** The registration access token. Absent if none was sent. */
  readonly token: string | undefined;
  readonly source: RegistrationSource;
}

/** Why a registration cannot be managed. */
export type ManagementObstacle =
  /** The realm does not let clients manage themselves: the endpoint does not exist. */
  | { readonly outcome: 'closed' }
  /** The client is unknown, has no token or another token. The response does not tell which. */
  | { readonly outcome: 'unauthorized'; readonly token: 'missing' | 'invalid' }
  /** An operator has blocked the client: it can read its registration but not change it. */
  | { readonly outcome: 'blocked' };

/** A client that authenticated with its registration access token. */
export interface Manager {
  readonly realm: Realm;
  readonly client: DynamicClient;
  readonly token: string;
  /** The URI of the registration. */
  readonly uri: string;
}
