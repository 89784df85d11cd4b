import type { AuditLog } from '../ports/audit-log.ts';
import type { ClientSealer } from '../ports/client-sealer.ts';
import type { ClientStore } from '../ports/client-store.ts';
import type { Clock, GenerateToken } from '../ports/clock.ts';
import type { Hash } from '../ports/hash.ts';
import type { InitialAccessTokenStore } from '../ports/initial-access-token-store.ts';
import type { CommitRegistrations } from '../ports/commit.ts';
import type { ProcessCounts } from '../limits/process-counts.ts';
import type { RealmDirectory } from '../ports/realm-directory.ts';
import type { OptionTable } from '../options/option-table.ts';
import type { Rule } from '../policy/rule.ts';
import type { SoftwareStatementVerifier } from '../software-statement/verifier.ts';
import type { Vendor } from '../brand/vendor.ts';
import type { FindNeighbours } from '../realm/neighbours.ts';
import type { ManagementUri } from './present-access-token.ts';

/** The dependencies of a registrar. */
export interface RegistrarOptions {
  readonly realms: RealmDirectory;
  /** Finds a client for the management of its registration. A store of your own needs no other method for a registrar. */
  readonly clients: Pick<ClientStore, 'find'>;
  /** Commits a client with the quotas that it uses and its event. Of the same store as `clients`. */
  readonly commit: CommitRegistrations;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly generateToken: GenerateToken;
  readonly hash: Hash;
  /** @default initial access tokens are not accepted */
  readonly initialAccessTokens?: InitialAccessTokenStore;
  /**
   * Seals the clients of realms that store a client when a person first approves it. Give the same one to the authorization
   * server, which opens them.
   *
   * @default every client is stored at its registration, whatever the settings of the realm are
   */
  readonly sealer?: ClientSealer | undefined;
  /** @default software statements are not verified */
  readonly statements?: SoftwareStatementVerifier;
  /** The directory of vendors whose names require proof; each realm can add some. @default [] */
  readonly vendors?: readonly Vendor[];
  /**
   * The URI at which a client reads, updates and deletes its registration, where the client configuration endpoint is
   * mounted. Clients get it as `registration_client_uri`.
   *
   * @default absent: clients cannot manage their registration, whatever the settings of the realm are
   * @see {@link https://www.rfc-editor.org/rfc/rfc7592#section-3 RFC 7592 §3}
   */
  readonly managementUri?: ManagementUri | undefined;
  /** @default {@link dynamicClientPolicy} */
  readonly policy?: Rule;
}

/** What each option of a registrar must be. */
export const REGISTRAR_OPTIONS: OptionTable<RegistrarOptions> = {
  realms: 'find()',
  clients: 'find()',
  commit: 'function',
  audit: 'record()',
  clock: 'function',
  generateToken: 'function',
  hash: 'function',
  initialAccessTokens: 'findByHash()?',
  sealer: 'seal()?',
  statements: 'verify()?',
  vendors: 'list?',
  managementUri: 'function?',
  policy: 'apply()?',
};

/** The options of a registrar with all defaults, and what is created from them. */
export type Options = RegistrarOptions &
  Required<Pick<RegistrarOptions, 'policy' | 'vendors'>> & {
    readonly findNeighbours: FindNeighbours;
    /** Counts requests that may be refused, in this process. */
    readonly counts: ProcessCounts;
  };
