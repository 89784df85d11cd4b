import type { TraceEntry } from '../policy/rule.ts';
import type { Instant } from '../time.ts';
import type { OfClient, OfNamedClient, OfPerson, OfRefusal } from './event-members.ts';
import type { Acted, Happened } from './happened.ts';
import type { AuthorizationEvent } from './authorization-event.ts';
import type { DocumentEvent } from './document-event.ts';
import type { KeyEvent, PublishedKeysEvent } from './key-event.ts';
import type { OperatorEvent } from './operator-event.ts';
import type { RegistrationEvent } from './registration-event.ts';
import type { TokenEvent } from './token-event.ts';

/** All audit events, by stable type. No event contains a secret, a code or a token. */
export type AuditEvent =
  | RegistrationEvent
  | DocumentEvent
  | ManagementEvent
  | LifecycleEvent
  | OperatorEvent
  | KeyEvent
  | PublishedKeysEvent
  | AuditLogEvent
  | AuthorizationEvent
  | TokenEvent;

/** An event without the members that all events share: realm, time and address. */
export type AuditFacts<Event extends AuditEvent = AuditEvent> = Event extends unknown
  ? Omit<Event, keyof Happened>
  : never;

/** What clients do with their own registration (RFC 7592). */
export type ManagementEvent =
  | (Happened &
      OfNamedClient & {
        /** A client updated its registration. */
        readonly type: 'client.updated';
        /** Its redirect URIs, shortened. */
        readonly redirectUris: readonly string[];
        /** What the policy changed, shortened; unchanged members are omitted. */
        readonly trace: readonly TraceEntry[];
      })
  | (Happened &
      OfClient &
      OfRefusal & {
        /** An update of a registration was refused. The registration stays as it was. */
        readonly type: 'client.update-refused';
      })
  | (Happened & {
      /** A request to read, update or delete a registration had no valid registration access token. */
      readonly type: 'management.unauthorized';
      /** The client whose token it was not. Absent if the client is unknown. */
      readonly clientId?: string;
      /**
       * The `client_id` of the request if the client is unknown or not authenticated: quoted and shortened, because the
       * sender chose it.
       */
      readonly claimedClientId?: string;
    });

/** What happens to clients as time passes: removal, hibernation, reactivation, restoration. */
export type LifecycleEvent =
  | (Acted &
      OfNamedClient & {
        /** A client was removed, and its grants ended. */
        readonly type: 'client.removed';
        /** Never used; hibernated for too long; deleted by itself; deleted by an operator. */
        readonly reason: 'unused' | 'asleep' | 'client' | 'operator';
      })
  | (Happened &
      OfClient & {
        /** A client that was not used for a long time was hibernated, and its grants ended. */
        readonly type: 'client.hibernated';
        /** When it was last used. */
        readonly lastUsedAt: Instant;
      })
  | (Happened &
      OfClient &
      OfPerson & {
        /** A person's approval reactivated a hibernated client. */
        readonly type: 'client.revived';
        /** When it was hibernated. */
        readonly asleepSince: Instant;
      })
  | (Happened &
      OfNamedClient &
      OfPerson & {
        /** A person approved a client that was not stored since its registration. */
        readonly type: 'client.stored';
        /** Its redirect URIs, shortened. */
        readonly redirectUris: readonly string[];
        /** When it registered. */
        readonly registeredAt: Instant;
        /** The `iss` of the statement issuer that verified the client. */
        readonly vouchedBy?: string;
      })
  | (Happened &
      OfNamedClient &
      OfPerson & {
        /** A person's approval restored a client that had expired unused. */
        readonly type: 'client.restored';
        /** Its redirect URIs, shortened. */
        readonly redirectUris: readonly string[];
        /** When it had expired. */
        readonly expiredAt: Instant;
      });

/** Events about the audit log itself. */
export type AuditLogEvent =
  | (Happened & {
      /**
       * One address, or its organization (IPv6 /48, IPv4 /24), caused more events of one type in an hour than are recorded.
       * From here on some are omitted.
       */
      readonly type: 'audit.limited';
      /** The type of these events. Absent in events of older versions, which did not distinguish types. */
      readonly eventType?: AuditEvent['type'];
    })
  | (Happened & {
      /** The events that one process omitted since its last such event: at most once an hour, and before it ends. */
      readonly type: 'audit.omitted';
      /** The time of the first of them. */
      readonly since: Instant;
      /** The number of events by type. */
      readonly omitted: Readonly<Partial<Record<AuditEvent['type'], number>>>;
    });
