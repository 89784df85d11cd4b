import type { ApiAccess } from '../client/preregistration.ts';
import type { PersonRule } from '../gates/allows-person.ts';
import type { Gate } from '../gates/gates.ts';
import type { TraceEntry } from '../policy/rule.ts';
import type { SigningAlgorithm } from '../realm/settings.ts';
import type { Instant } from '../time.ts';
import type { DocumentEvent } from './document-event.ts';
import type {
  OfAccess,
  OfClaimedClient,
  OfClient,
  OfGrant,
  OfNamedClient,
  OfPerson,
  OfRefusal,
} from './event-members.ts';
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

/** What operators do. */
export type OperatorEvent =
  | (Acted & {
      readonly type:
        /** An operator opened a gate. */
        | 'gate.opened'
        /** An operator closed a gate. This takes effect at once, for existing grants too. */
        | 'gate.closed';
      /** Which gate. `documents` is the first gate for clients with metadata documents. */
      readonly gate: Gate | 'documents';
      /** The id of the API or the name of the scope; absent for others. */
      readonly of?: string;
    })
  | (Acted &
      OfNamedClient & {
        readonly type:
          /** An operator blocked a client, and its grants ended. */
          | 'client.blocked'
          /** An operator unblocked a client, so that people can approve it again. */
          | 'client.unblocked'
          /** An operator created another secret for a pre-registered client. */
          | 'client.secret-rotated'
          /** An operator ended all secrets of a pre-registered client but the newest. */
          | 'client.old-secrets-ended';
      })
  | (Acted &
      OfNamedClient & {
        readonly type:
          /** An operator pre-registered a client. */
          | 'client.preregistered'
          /** An operator changed a pre-registered client. */
          | 'client.amended';
        /** Its redirect URIs. */
        readonly redirectUris: readonly string[];
        /** The APIs and scopes that it can obtain. */
        readonly access: readonly ApiAccess[];
        /** Its id is the URL of a document. The client that the document described was replaced, and its grants ended. */
        readonly replacedDocument?: true;
      })
  | (Acted & {
      readonly type:
        /** An operator issued an initial access token. */
        | 'initial-access-token.issued'
        /** An operator revoked an initial access token. */
        | 'initial-access-token.revoked';
      /** The id of the token, not the token. */
      readonly initialAccessTokenId: string;
    })
  | (Acted & {
      /** An operator changed settings of the realm. */
      readonly type: 'settings.changed';
      /** The changed settings: `registration.mode`. */
      readonly paths: readonly string[];
    })
  | (Acted & {
      readonly type:
        /** An operator issued the secret with which an API authenticates, for example to introspect tokens. */
        | 'api-secret.issued'
        /** An operator revoked the secrets of an API. */
        | 'api-secret.revoked';
      /** The id of the API. */
      readonly of: string;
    })
  | (Acted & {
      readonly type:
        /** An operator added an API. */
        | 'api.added'
        /** An operator changed an API. */
        | 'api.changed'
        /** An operator removed an API. */
        | 'api.removed'
        /** An operator added a scope. */
        | 'scope.added'
        /** An operator changed a scope. */
        | 'scope.changed'
        /** An operator removed a scope. */
        | 'scope.removed';
      /** The id of the API or the name of the scope. */
      readonly of: string;
    })
  | (Acted & {
      readonly type:
        /** The realm was created, by an operator or from a seed. */
        | 'realm.added'
        /** An operator changed the name of the realm. */
        | 'realm.changed';
    })
  | (Acted &
      OfPerson & {
        readonly type:
          /** An operator added a person. */
          | 'person.added'
          /** An operator changed the profile of a person. */
          | 'person.changed'
          /** An operator set the password of a person. */
          | 'person.password-set'
          /** An operator removed a person. */
          | 'person.removed';
        /** The name that the person signs in with. */
        readonly username: string;
      });

/** Changes of a realm's signing keys. */
export type KeyEvent =
  | (Happened & {
      /** A signing key was generated and published. */
      readonly type: 'key.made';
      /** The id of the key in the JWK Set. */
      readonly kid: string;
      /** The algorithm of its signatures. */
      readonly algorithm: SigningAlgorithm;
      /** When it begins to sign. */
      readonly signsFrom: Instant;
    })
  | (Happened & {
      /** A signing key was deleted, and is not published any more. */
      readonly type: 'key.retired';
      /** The id of the key in the JWK Set. */
      readonly kid: string;
    })
  /** Keys that clients are sealed with which are not stored yet. */
  | (Happened & {
      readonly type:
        /** A key was generated that encrypts clients which are not stored yet. */
        | 'sealing-key.made'
        /** A key was deleted that encrypted clients which are not stored yet. Nothing it encrypted is valid any more. */
        | 'sealing-key.retired';
      /** The id of the key. */
      readonly kid: string;
    })
  | (Acted & {
      /** An operator replaced the keys. */
      readonly type: 'keys.replaced';
      /** Whether the old keys are compromised, so that they were not published any more at once. */
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
      /**
       * A page or form of an interaction was used in another browser, did not fit the interaction, or came after its end. Many of
       * them point to an attack, or to browsers that do not keep cookies.
       */
      readonly type: 'transaction.refused';
      /** The problem that the page describes. */
      readonly problem: string;
    })
  | (Happened &
      OfClaimedClient & {
        /** An authorization request was refused. The client or the person got an error. */
        readonly type: 'authorization.refused';
        /** The error code, or the problem that a page describes. */
        readonly error: string;
        /** The gate that is closed. Absent if none is the reason. */
        readonly gate?: Gate;
        /** The rule that the person breaks. Absent if the refusal is not about a person. */
        readonly rule?: PersonRule;
        /** The person, if the refusal is about one. */
        readonly subject?: string;
      })
  | (Happened &
      OfClient & {
        /** An authorization request was refused because a limit was reached. */
        readonly type: 'authorization.limited';
        /** The limit that was reached. Absent: that of the address. */
        readonly limit?: 'person' | 'organization' | 'realm';
      })
  | (Happened &
      OfPerson & {
        /** A person signed in. */
        readonly type: 'sign-in.succeeded';
      })
  | (Happened & {
      /** A wrong password, or the name of an unknown person. Which of them is not recorded. */
      readonly type: 'sign-in.failed';
      /** The name that was entered, shortened. */
      readonly username: string;
    })
  | (Happened &
      OfPerson & {
        /** A person signed out. */
        readonly type: 'sign-out.succeeded';
      })
  | (Happened & {
      /** A sign-in was refused before the password was checked. */
      readonly type: 'sign-in.limited';
      /** The name that was entered, shortened. */
      readonly username: string;
      /** Too many sign-ins were waiting at once. Absent: there were too many wrong passwords. */
      readonly reason?: 'busy';
    })
  | (Happened &
      OfAccess &
      OfGrant & {
        /** A person allowed a client to use an API. */
        readonly type: 'consent.approved';
        /** The name of the client that the page displayed to the person. */
        readonly clientName: string;
        /** The fingerprint of the document that described the client, as in `document.accepted` and `document.changed`. */
        readonly fingerprint?: string;
      })
  | (Happened &
      OfAccess &
      OfGrant & {
        /** A pre-registered client got access again without a question, because the person had allowed the same before. */
        readonly type: 'consent.remembered';
      })
  | (Happened &
      OfAccess & {
        /** A person refused a client. */
        readonly type: 'consent.denied';
      })
  | (Happened &
      OfPerson & {
        /** A form was sent sooner than a person can read its page. It had no effect. */
        readonly type: 'answer.too-soon';
        /** The page of the form. */
        readonly page: 'consent' | 'connected-apps' | 'sign-out';
        /** The client that the form is about. Absent if it is about none. */
        readonly clientId?: string;
      });

/** What happens to tokens and grants. */
export type TokenEvent =
  | (Happened &
      OfAccess &
      OfGrant & {
        /** A client got an access token, for a code or for a refresh token. */
        readonly type: 'token.issued';
        /** What the client presented for it. */
        readonly grantType: 'authorization_code' | 'refresh_token';
        /** The id of the access token (`jti`), not the token. */
        readonly tokenId: string;
        /** The refresh token had been used before, and returned the same successor again. Absent at the first use. */
        readonly repeated?: true;
      })
  | (Happened &
      OfClaimedClient & {
        /** A request to the token endpoint, or another one at which clients authenticate, was refused. */
        readonly type: 'token.refused';
        /** The error code of the response. */
        readonly error: string;
        /** The reason in words, which may quote the request. Not for distinguishing refusals by program. */
        readonly reason: string;
        /**
         * The request presented a code, a refresh token or the id of a confidential client that exists, but not as its holder:
         * it may be stolen. Absent if nothing points to that.
         */
        readonly misused?: true;
        /** The gate that is closed. Absent if none is the reason. */
        readonly gate?: Gate;
        /** The rule that the person breaks whose grant it is. Absent if the refusal is not about a person. */
        readonly rule?: PersonRule;
      })
  | (Acted &
      OfGrant & {
        /** A grant ended: its refresh token is invalid, and introspection says that its access tokens are not active. */
        readonly type: 'grant.ended';
        /**
         * A used code or refresh token was presented again, which points to a theft; the client revoked its token; the person
         * ended the access of the app; an operator ended it; the provider that issues the tokens ended it.
         */
        readonly reason:
          | 'code-replayed'
          | 'refresh-token-replayed'
          | 'client-revoked'
          | 'person-revoked'
          | 'operator'
          | 'provider';
      })
  | (Happened &
      OfGrant & {
        /** One access token was revoked before its expiry; its grant continues. */
        readonly type: 'token.revoked';
        /** The id of the access token (`jti`), not the token. */
        readonly tokenId: string;
      });
