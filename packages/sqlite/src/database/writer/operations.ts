import type { Database } from 'better-sqlite3';
import { type AuditWrites, auditWrites } from '../../stores/audit-writes.ts';
import { type ClientWrites, clientWrites } from '../../stores/client/client-writes.ts';
import { type CommitWrites, commitWrites } from '../../stores/commit/commit-writes.ts';
import { type GrantWrites, grantWrites } from '../../stores/grant/grant-writes.ts';
import {
  type InitialAccessTokenWrites,
  initialAccessTokenWrites,
} from '../../stores/initial-access-token-writes.ts';
import { type KeyWrites, keyWrites } from '../../stores/key-writes.ts';
import { type LeaseWrites, leaseWrites } from '../../stores/lease-writes.ts';
import { type OneTimeWrites, oneTimeWrites } from '../../stores/one-time-writes.ts';
import { type PersonWrites, personWrites } from '../../stores/person-writes.ts';
import { type ProviderTokenWrites, providerTokenWrites } from '../../stores/provider-token-writes.ts';
import type { QuotaWrites } from '../../stores/quota-writes.ts';
import { type RealmWrites, realmWrites } from '../../stores/realm-writes.ts';
import { type ReplayWrites, replayWrites } from '../../stores/replay-writes.ts';
import { type RevokedTokenWrites, revokedTokenWrites } from '../../stores/revoked-token-writes.ts';
import { type SessionWrites, sessionWrites } from '../../stores/session-writes.ts';
import { type StatementWrites, statementWrites } from '../statement.ts';
import { type SweepWrites, sweepWrites } from '../../stores/sweep-writes.ts';
import { type InteractionWrites, interactionWrites } from '../../stores/interaction-writes.ts';

/** All writing operations, by name. Parameters and results are plain data, because they are sent between threads. */
export interface Operations
  extends
    CommitWrites,
    RealmWrites,
    ClientWrites,
    InitialAccessTokenWrites,
    PersonWrites,
    InteractionWrites,
    OneTimeWrites,
    GrantWrites,
    SessionWrites,
    KeyWrites,
    ReplayWrites,
    RevokedTokenWrites,
    LeaseWrites,
    ProviderTokenWrites,
    AuditWrites,
    SweepWrites,
    StatementWrites {}

/** The operations on one connection, with every statement prepared once. */
export function createOperations(database: Database, quotas: QuotaWrites): Operations {
  const grants = grantWrites(database);
  const changes = {
    ...auditWrites(database),
    ...clientWrites(database),
    ...initialAccessTokenWrites(database),
    ...grants,
    ...interactionWrites(database, grants),
    ...oneTimeWrites(database),
    ...replayWrites(database),
    ...realmWrites(database),
    ...personWrites(database),
    ...sessionWrites(database),
    ...keyWrites(database),
    ...revokedTokenWrites(database),
  };
  return {
    ...changes,
    ...commitWrites(database, { ...changes, ...quotas }),
    ...leaseWrites(database),
    ...providerTokenWrites(database),
    ...sweepWrites(database),
    ...statementWrites(database),
  };
}
