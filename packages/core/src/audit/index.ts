export type { Actor } from './actor.ts';
export type { RecordedState, RecordedValue } from './recorded-state.ts';
export { type AuditBounds, boundedAuditLog, type BoundedAuditLog } from './bounded-log.ts';
export { commitRecorded, recordedCommits, type Recording } from './commit-recorded.ts';
export { recordingKeysUnavailable } from './record-keys-unavailable.ts';
export { changesOf, recordedUris } from './trace.ts';
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
  PublishedKeysEvent,
  TokenEvent,
} from './event.ts';
export type { DocumentEvent, DocumentLimit } from './document-event.ts';
export type { RegistrationEvent, RegistrationLimit } from './registration-event.ts';
