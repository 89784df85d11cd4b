import type { OptionTable } from '../options/option-table.ts';
import type { AuditLog } from '../ports/audit-log.ts';
import type { ClientStore } from '../ports/client-store.ts';
import type { Clock, GenerateToken } from '../ports/clock.ts';
import type { Hash } from '../ports/hash.ts';
import type { CommitActs } from '../ports/operator-commit.ts';
import type { KnownGrants, KnownPeople } from '../ports/operator-stores.ts';
import type { UnstoredClients } from '../ports/unstored-clients.ts';
import type { RealmStore } from '../ports/realm-store.ts';

/** The dependencies of an operator's acts. */
export interface OperatorOptions {
  readonly realms: RealmStore;
  readonly clients: ClientStore;
  /** @default acts find stored clients only */
  readonly unstoredClients?: UnstoredClients | undefined;
  readonly grants: KnownGrants;
  readonly people: KnownPeople;
  readonly audit: AuditLog;
  /** Makes the changes of an act. If the audit log is in the same database, with the event of the act. */
  readonly commit: CommitActs;
  readonly clock: Clock;
  readonly generateToken: GenerateToken;
  readonly hash: Hash;
}

/** What each option of an operator must be. */
export const OPERATOR_OPTIONS: OptionTable<OperatorOptions> = {
  realms: 'find()',
  clients: 'findExpired()',
  unstoredClients: 'blocking()?',
  grants: 'listOf()',
  people: 'findBySubject()',
  audit: 'record()',
  commit: 'function',
  clock: 'function',
  generateToken: 'function',
  hash: 'function',
};
