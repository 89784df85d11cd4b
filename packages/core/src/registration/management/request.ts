import type { StoredClient } from '../../client/stored-client.ts';
import type { Realm } from '../../realm/realm.ts';
import type { RegistrationSource } from '../registration-source.ts';

/** Who manages which registration, with what, from where. */
export interface ManagementRequest {
  readonly realm: string;
  readonly clientId: string;
  /** The registration access token. Absent: none came. */
  readonly token: string | undefined;
  readonly source: RegistrationSource;
}

/** What stands in the way of managing a registration. */
export type ManagementObstacle =
  /** The realm does not let clients manage themselves: there is nothing here. */
  | { readonly outcome: 'closed' }
  /** No such client, none with this token, or another client's token: nobody is told which. */
  | { readonly outcome: 'unauthorized'; readonly token: 'missing' | 'invalid' }
  /** An operator has blocked the client: it may look, and change nothing. */
  | { readonly outcome: 'blocked' };

/** A client that has shown that a registration is its own. */
export interface Manager {
  readonly realm: Realm;
  readonly client: StoredClient;
  readonly token: string;
  /** The address of the registration. */
  readonly uri: string;
}
