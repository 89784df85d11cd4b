export type { Actor } from './actor.ts';
export type { RecordedState, RecordedValue } from './recorded-state.ts';
export { type AuditBounds, boundedAuditLog, type BoundedAuditLog } from './bounded-log.ts';
export { recordedCommits, type Recording } from './commit-recorded.ts';
export { watchedAuditLog } from './watched-log.ts';
export type {
  OperatorEvent,
  AuditEvent,
  AuditFacts,
  AuditLogEvent,
  AuthorizationEvent,
  KeyEvent,
  LifecycleEvent,
  ManagementEvent,
  RegistrationEvent,
  RegistrationLimit,
  TokenEvent,
} from './event.ts';
