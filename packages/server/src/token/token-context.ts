import type { AuditLog, Clock, GenerateToken } from '@vestibule/core';
import type { CommitChanges } from '../ports/commit.ts';
import type { MembershipContext } from '../person/memberships-for.ts';
import type { GrantStore } from '../ports/grant-store.ts';

/** What grants are exchanged and refreshed with. */
export interface TokenContext extends MembershipContext {
  readonly grants: GrantStore;
  readonly commit: CommitChanges;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly generateToken: GenerateToken;
}
