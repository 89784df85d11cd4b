import type { ApiAccess } from '../client/preregistration.ts';
import type { Gate } from '../gates/gates.ts';
import type { TraceEntry } from '../policy/rule.ts';
import type { SigningAlgorithm } from '../realm/settings.ts';
import type { Instant } from '../time.ts';
import type { DocumentEvent } from './document-event.ts';
import type { Acted, Happened } from './happened.ts';
import type { RegistrationEvent } from './registration-event.ts';

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
  | (Happened & {
      readonly type: 'client.updated';
      readonly clientId: string;
      readonly clientName: string;
      readonly redirectUris: readonly string[];
      readonly trace: readonly TraceEntry[];
    })
  | (Happened & {
      readonly type: 'client.update-refused';
      readonly clientId: string;
      readonly rule: string;
      readonly description: string;
    })
  | (Happened & {
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
  | (Acted & {
      readonly type: 'client.removed';
      readonly clientId: string;
      readonly clientName: string;
      /** Never used; hibernated for too long; deleted by itself; deleted by an operator. */
      readonly reason: 'unused' | 'asleep' | 'client' | 'operator';
    })
  | (Happened & {
      readonly type: 'client.hibernated';
      readonly clientId: string;
      readonly lastUsedAt: Instant;
    })
  | (Happened & {
      readonly type: 'client.revived';
      readonly clientId: string;
      readonly subject: string;
      readonly asleepSince: Instant;
    })
  | (Happened & {
      /** A person approved a client that was not stored since its registration. */
      readonly type: 'client.stored';
      readonly clientId: string;
      readonly clientName: string;
      /** Its redirect URIs, shortened. */
      readonly redirectUris: readonly string[];
      readonly subject: string;
      readonly registeredAt: Instant;
      /** The `iss` of the statement issuer that verified the client. */
      readonly vouchedBy?: string;
    })
  | (Happened & {
      /** A person's approval restored a client that had expired unused. */
      readonly type: 'client.restored';
      readonly clientId: string;
      readonly clientName: string;
      readonly redirectUris: readonly string[];
      readonly subject: string;
      readonly expiredAt: Instant;
    });

/** What operators do. */
export type OperatorEvent =
  | (Acted & {
      readonly type: 'gate.opened' | 'gate.closed';
      /** `documents` is the first gate for clients with metadata documents. */
      readonly gate: Gate | 'documents';
      /** The id of the API or the name of the scope; absent for others. */
      readonly of?: string;
    })
  | (Acted & {
      readonly type:
        'client.blocked' | 'client.unblocked' | 'client.secret-rotated' | 'client.old-secrets-ended';
      readonly clientId: string;
      readonly clientName: string;
    })
  | (Acted & {
      readonly type: 'client.preregistered' | 'client.amended';
      readonly clientId: string;
      readonly clientName: string;
      /** Its redirect URIs. */
      readonly redirectUris: readonly string[];
      /** The APIs and scopes that it can obtain. */
      readonly access: readonly ApiAccess[];
      /** Its id is the URL of a document. The client that the document described was replaced, and its grants ended. */
      readonly replacedDocument?: true;
    })
  | (Acted & {
      readonly type: 'initial-access-token.issued' | 'initial-access-token.revoked';
      readonly initialAccessTokenId: string;
    })
  | (Acted & {
      readonly type: 'settings.changed';
      /** The changed settings: `registration.mode`. */
      readonly paths: readonly string[];
    })
  | (Acted & {
      readonly type: 'api-secret.issued' | 'api-secret.revoked';
      /** The id of the API. */
      readonly of: string;
    })
  | (Acted & {
      readonly type:
        'api.added' | 'api.changed' | 'api.removed' | 'scope.added' | 'scope.changed' | 'scope.removed';
      /** The id of the API or the name of the scope. */
      readonly of: string;
    })
  | (Acted & { readonly type: 'realm.added' | 'realm.changed' })
  | (Acted & {
      readonly type: 'person.added' | 'person.changed' | 'person.password-set' | 'person.removed';
      readonly subject: string;
      readonly username: string;
    });

/** Changes of a realm's signing keys. */
export type KeyEvent =
  | (Happened & {
      readonly type: 'key.made';
      readonly kid: string;
      readonly algorithm: SigningAlgorithm;
      readonly signsFrom: Instant;
    })
  | (Happened & { readonly type: 'key.retired'; readonly kid: string })
  /** Keys that clients are sealed with which are not stored yet. */
  | (Happened & { readonly type: 'sealing-key.made' | 'sealing-key.retired'; readonly kid: string })
  | (Acted & {
      /** An operator replaced the keys. */
      readonly type: 'keys.replaced';
      readonly compromised: boolean;
    });

/** What happens to the public keys of clients and statement issuers, where they publish them themselves. */
export type PublishedKeysEvent = Happened & {
  /** The keys could not be fetched, so that what they have signed cannot be accepted. */
  readonly type: 'jwks.unavailable';
  /** Whose keys: `the client 'acme'`. */
  readonly owner: string;
  /** Why: `resolution`, `address`, `timeout`, `status`, … */
  readonly reason: string;
  /** What the operator needs to find the cause. */
  readonly detail: string;
};

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

/** What happens to authorizations: sign-in, consent, refusals and limits. */
export type AuthorizationEvent =
  | (Happened & {
      /** A page or form of an interaction was used in another browser, or did not fit the interaction. */
      readonly type: 'transaction.refused';
      readonly problem: string;
    })
  | (Happened & {
      readonly type: 'authorization.refused';
      readonly clientId?: string;
      /**
       * The `client_id` of the request if the client is unknown or not authenticated: quoted and shortened, because the
       * sender chose it.
       */
      readonly claimedClientId?: string;
      readonly error: string;
      readonly gate?: Gate;
    })
  | (Happened & {
      readonly type: 'authorization.limited';
      readonly clientId: string;
      /** The limit that was reached. Absent: that of the address. */
      readonly limit?: 'person' | 'organization' | 'realm';
    })
  | (Happened & { readonly type: 'sign-in.succeeded'; readonly subject: string })
  | (Happened & { readonly type: 'sign-in.failed'; readonly username: string })
  | (Happened & { readonly type: 'sign-out.succeeded'; readonly subject: string })
  | (Happened & {
      readonly type: 'sign-in.limited';
      readonly username: string;
      /** Too many sign-ins were waiting at once. Absent: there were too many wrong passwords. */
      readonly reason?: 'busy';
    })
  | (Happened &
      ConsentFacts & {
        readonly type: 'consent.approved';
        readonly grantId: string;
        /** The name of the client that the page displayed to the person. */
        readonly clientName: string;
        /** The fingerprint of the document that described the client, as in `document.accepted` and `document.changed`. */
        readonly fingerprint?: string;
      })
  | (Happened & ConsentFacts & { readonly type: 'consent.remembered'; readonly grantId: string })
  | (Happened & ConsentFacts & { readonly type: 'consent.denied' })
  | (Happened & {
      /** A form was sent sooner than a person can read its page. It had no effect. */
      readonly type: 'answer.too-soon';
      readonly page: 'consent' | 'connected-apps' | 'sign-out';
      readonly subject: string;
      /** The client that the form is about. Absent if it is about none. */
      readonly clientId?: string;
    });

interface ConsentFacts {
  readonly clientId: string;
  readonly subject: string;
  readonly resource: string;
  readonly scopes: readonly string[];
}

/** What happens to tokens and grants. */
export type TokenEvent =
  | (Happened & {
      readonly type: 'token.issued';
      readonly grantType: 'authorization_code' | 'refresh_token';
      readonly clientId: string;
      readonly grantId: string;
      readonly subject: string;
      readonly resource: string;
      readonly scopes: readonly string[];
      /** The id of the access token (`jti`), not the token. */
      readonly tokenId: string;
      /** The refresh token had been used before, and returned the same successor again. Absent at the first use. */
      readonly repeated?: true;
    })
  | (Happened & {
      readonly type: 'token.refused';
      readonly clientId?: string;
      /**
       * The `client_id` of the request if the client is unknown or not authenticated: quoted and shortened, because the
       * sender chose it.
       */
      readonly claimedClientId?: string;
      readonly error: string;
      /** The reason in words, which may quote the request. Not for distinguishing refusals by program. */
      readonly reason: string;
      /**
       * The request presented a code, a refresh token or the id of a confidential client that exists, but not as its holder:
       * it may be stolen. Absent if nothing points to that.
       */
      readonly misused?: true;
      readonly gate?: Gate;
    })
  | (Acted & {
      readonly type: 'grant.ended';
      readonly grantId: string;
      readonly clientId: string;
      readonly reason:
        'code-replayed' | 'refresh-token-replayed' | 'client-revoked' | 'person-revoked' | 'operator';
    })
  | (Happened & {
      /** One access token was revoked before its expiry; its grant continues. */
      readonly type: 'token.revoked';
      readonly tokenId: string;
      readonly grantId: string;
      readonly clientId: string;
    });
