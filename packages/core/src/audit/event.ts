import type { ApiAccess } from '../client/preregistration.ts';
import type { Gate } from '../gates/gates.ts';
import type { TraceEntry } from '../policy/rule.ts';
import type { SigningAlgorithm } from '../realm/settings.ts';
import type { Instant } from '../time.ts';

/** Everything that is taken down, by stable name. No event holds a secret, a code or a token. */
export type AuditEvent =
  | RegistrationEvent
  | ManagementEvent
  | LifecycleEvent
  | OperatorEvent
  | KeyEvent
  | AuditLogEvent
  | AuthorizationEvent
  | TokenEvent;

/** An event without what is the same for all: where, when, and from where. */
export type AuditFacts<Event extends AuditEvent = AuditEvent> = Event extends unknown
  ? Omit<Event, keyof Happened>
  : never;

interface Happened {
  readonly realm: string;
  readonly at: Instant;
  /** The network address it came from, as the HTTP layer saw it. Absent: nobody asked for it over the network. */
  readonly ip?: string;
}

export type RegistrationEvent =
  | (Happened & {
      readonly type: 'registration.accepted';
      readonly clientId: string;
      readonly clientName: string;
      /** Where it may send people, cut to what one can read. */
      readonly redirectUris: readonly string[];
      /** What the policy changed, cut to what one can read; what it kept is left out. */
      readonly trace: readonly TraceEntry[];
      /** The initial access token that it came with, by its id. */
      readonly initialAccessTokenId?: string;
      /** The issuer that vouched for it. */
      readonly vouchedBy?: string;
    })
  | (Happened & {
      /** The same registration came again from the same network, and got the same client. */
      readonly type: 'registration.coalesced';
      readonly clientId: string;
    })
  | (Happened & {
      readonly type: 'registration.refused';
      readonly rule: string;
      readonly description: string;
    })
  | (Happened & {
      /** The candidate policy would have refused what was accepted. */
      readonly type: 'registration.would-refuse';
      readonly clientId: string;
      readonly rule: string;
      readonly description: string;
    })
  | (Happened & {
      /** It came without an initial access token that is good here. */
      readonly type: 'registration.unauthorized';
      readonly reason: 'missing' | 'unknown' | 'revoked' | 'expired' | 'spent';
      readonly initialAccessTokenId?: string;
    })
  | (Happened & { readonly type: 'registration.limited'; readonly limit: RegistrationLimit })
  | (Happened & {
      /** The realm has as many registrations as it takes in a day. Told once a day: until then everybody is refused. */
      readonly type: 'registration.day-full';
      readonly perRealmPerDay: number;
      /** When it takes registrations again. */
      readonly until: Instant;
    });

/** Which limit had no room. */
export type RegistrationLimit =
  | 'attempts'
  | 'address'
  /** That of an IPv6 /56. */
  | 'site'
  /** That of an IPv6 /48 or an IPv4 /24, in an hour or of the realm's day. */
  | 'organization'
  | 'origin'
  | 'egress-range'
  | 'redirect-uris'
  | 'realm'
  | 'awake-clients';

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
      /** Whose token it was not. Absent: there is no such client. */
      readonly clientId?: string;
      /** The `client_id` that came, if no client has it or the client is not proven: quoted and cut, a stranger's text. */
      readonly claimedClientId?: string;
    });

export type LifecycleEvent =
  | (Happened & {
      readonly type: 'client.removed';
      readonly clientId: string;
      readonly clientName: string;
      /** Nobody ever used it; it slept too long; it asked for it; an operator did. */
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
      /** A person's consent restored a client that had expired without ever being used. */
      readonly type: 'client.restored';
      readonly clientId: string;
      readonly clientName: string;
      readonly redirectUris: readonly string[];
      readonly subject: string;
      readonly expiredAt: Instant;
    });

/** What an operator does. */
export type OperatorEvent =
  | (Happened & {
      readonly type: 'gate.opened' | 'gate.closed';
      readonly gate: Gate;
      /** The API's id or the scope's name; absent for the realm. */
      readonly of?: string;
    })
  | (Happened & {
      readonly type:
        'client.blocked' | 'client.unblocked' | 'client.secret-rotated' | 'client.old-secrets-ended';
      readonly clientId: string;
      readonly clientName: string;
    })
  | (Happened & {
      readonly type: 'client.preregistered' | 'client.amended';
      readonly clientId: string;
      readonly clientName: string;
      /** Where it may send people. */
      readonly redirectUris: readonly string[];
      /** What it may have. */
      readonly access: readonly ApiAccess[];
    })
  | (Happened & {
      readonly type: 'initial-access-token.issued' | 'initial-access-token.revoked';
      readonly initialAccessTokenId: string;
    })
  | (Happened & {
      readonly type: 'settings.changed';
      /** Which of them: `registration.mode`. */
      readonly paths: readonly string[];
    })
  | (Happened & {
      readonly type: 'api-secret.issued' | 'api-secret.revoked';
      /** The API's id. */
      readonly of: string;
    });

/** What becomes of the keys that a realm signs with. */
export type KeyEvent =
  | (Happened & {
      readonly type: 'key.made';
      readonly kid: string;
      readonly algorithm: SigningAlgorithm;
      readonly signsFrom: Instant;
    })
  | (Happened & { readonly type: 'key.retired'; readonly kid: string })
  | (Happened & {
      /** An operator asked for other keys. */
      readonly type: 'keys.replaced';
      readonly compromised: boolean;
    });

/** What becomes of the audit itself. */
export type AuditLogEvent =
  | (Happened & {
      /**
       * One address, or the organization (IPv6 /48, IPv4 /24) that it belongs to, caused more events of one type than are kept
       * of it in an hour: from here on some are left out.
       */
      readonly type: 'audit.limited';
      /** Of which type. Absent in events of older versions, which did not tell types apart. */
      readonly eventType?: AuditEvent['type'];
    })
  | (Happened & {
      /** What one process left out of the audit since it last said so: at most once an hour, and before it ends. */
      readonly type: 'audit.omitted';
      /** When the first of them happened. */
      readonly since: Instant;
      /** How many events, by type. */
      readonly omitted: Readonly<Partial<Record<AuditEvent['type'], number>>>;
    });

export type AuthorizationEvent =
  | (Happened & {
      /** A page or form of a transaction was met in another browser, or did not fit it. */
      readonly type: 'transaction.refused';
      readonly problem: string;
    })
  | (Happened & {
      readonly type: 'authorization.refused';
      readonly clientId?: string;
      /** The `client_id` that came, if no client has it or the client is not proven: quoted and cut, a stranger's text. */
      readonly claimedClientId?: string;
      readonly error: string;
      readonly gate?: Gate;
    })
  | (Happened & {
      readonly type: 'authorization.limited';
      readonly clientId: string;
      /** Which limit had no room. Absent: that of the address. */
      readonly limit?: 'person' | 'organization' | 'realm';
    })
  | (Happened & { readonly type: 'sign-in.succeeded'; readonly subject: string })
  | (Happened & { readonly type: 'sign-in.failed'; readonly username: string })
  | (Happened & { readonly type: 'sign-out.succeeded'; readonly subject: string })
  | (Happened & {
      readonly type: 'sign-in.limited';
      readonly username: string;
      /** Too many waited at once. Absent: there had been too many wrong passwords. */
      readonly reason?: 'busy';
    })
  | (Happened &
      ConsentFacts & {
        readonly type: 'consent.approved';
        readonly grantId: string;
        /** The name of the client that the page displayed to the person. */
        readonly clientName: string;
      })
  | (Happened & ConsentFacts & { readonly type: 'consent.remembered'; readonly grantId: string })
  | (Happened & ConsentFacts & { readonly type: 'consent.denied' })
  | (Happened & {
      /** A form was sent sooner after its page than a person can read it. Nothing was done. */
      readonly type: 'answer.too-soon';
      readonly page: 'consent' | 'connected-apps' | 'sign-out';
      readonly subject: string;
      /** The client that the form is about. Absent: it is about none. */
      readonly clientId?: string;
    });

interface ConsentFacts {
  readonly clientId: string;
  readonly subject: string;
  readonly resource: string;
  readonly scopes: readonly string[];
}

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
      /** The refresh token had been used before, and gave the same successor again. Absent: it was used for the first time. */
      readonly repeated?: true;
    })
  | (Happened & {
      readonly type: 'token.refused';
      readonly clientId?: string;
      /** The `client_id` that came, if no client has it or the client is not proven: quoted and cut, a stranger's text. */
      readonly claimedClientId?: string;
      readonly error: string;
      /** In words, which may repeat some of what the request brought: nothing to tell refusals apart by. */
      readonly reason: string;
      /**
       * The request presented a code, a refresh token or the name of a confidential client that exists, and was not its
       * holder: it may be stolen. Absent: nothing points to that.
       */
      readonly misused?: true;
      readonly gate?: Gate;
    })
  | (Happened & {
      readonly type: 'grant.ended';
      readonly grantId: string;
      readonly clientId: string;
      readonly reason: 'code-replayed' | 'refresh-token-replayed' | 'client-revoked' | 'person-revoked';
    })
  | (Happened & {
      /** One access token, before its time; its grant goes on. */
      readonly type: 'token.revoked';
      readonly tokenId: string;
      readonly grantId: string;
      readonly clientId: string;
    });
