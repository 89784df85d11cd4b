import type { AuditLog } from '../ports/audit-log.ts';
import type { ClientGrants } from '../ports/client-grants.ts';
import type { ClientStore } from '../ports/client-store.ts';
import type { Clock, GenerateToken } from '../ports/clock.ts';
import type { Hash } from '../ports/hash.ts';
import type { InitialAccessTokenStore } from '../ports/initial-access-token-store.ts';
import type { RateLimiter } from '../ports/rate-limiter.ts';
import type { RealmDirectory } from '../ports/realm-directory.ts';
import type { Rule } from '../policy/rule.ts';
import type { SoftwareStatementVerifier } from '../software-statement/verifier.ts';
import type { Vendor } from '../brand/vendor.ts';
import type { FindNeighbours } from '../realm/neighbours.ts';
import type { ManagementUri } from './present-access-token.ts';

/** What a registrar needs from outside. */
export interface RegistrarOptions {
  readonly realms: RealmDirectory;
  readonly clients: ClientStore;
  readonly limiter: RateLimiter;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly generateToken: GenerateToken;
  readonly hash: Hash;
  /** What people allowed clients, so that it ends with them. @default none: people allow them nothing here */
  readonly grants?: ClientGrants;
  /** @default none: no initial access token is good here */
  readonly initialAccessTokens?: InitialAccessTokenStore;
  /** @default none: no software statement counts here */
  readonly statements?: SoftwareStatementVerifier;
  /** The directory of vendors whose names ask for proof; each realm may add some. @default [] */
  readonly vendors?: readonly Vendor[];
  /**
   * The address at which a client reads, updates and deletes its registration, where the client configuration endpoint is
   * mounted: what clients are told as `registration_client_uri`.
   *
   * @default none: clients cannot manage their registration, whatever a realm's settings say
   * @see {@link https://www.rfc-editor.org/rfc/rfc7592#section-3 RFC 7592 §3}
   */
  readonly managementUri?: ManagementUri | undefined;
  /** @default {@link dynamicClientPolicy} */
  readonly policy?: Rule;
}

/** A registrar's options, with every default in its place, and what is made of them. */
export type Options = RegistrarOptions &
  Required<Pick<RegistrarOptions, 'policy' | 'vendors'>> & { readonly findNeighbours: FindNeighbours };
