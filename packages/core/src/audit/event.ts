import type { Gate } from '../gates/gates.ts';
import type { TraceEntry } from '../policy/rule.ts';
import type { Instant } from '../time.ts';

/** Everything that is taken down, by stable name. No event holds a secret, a code or a token. */
export type AuditEvent = RegistrationEvent | AuthorizationEvent | TokenEvent;

/** An event without what is the same for all: where, when, and from where. */
export type AuditFacts<Event extends AuditEvent = AuditEvent> = Event extends unknown
  ? Omit<Event, keyof Happened>
  : never;

interface Happened {
  readonly realm: string;
  readonly at: Instant;
  /** The network address it came from, as the HTTP layer saw it. */
  readonly ip: string;
}

export type RegistrationEvent =
  | (Happened & {
      readonly type: 'registration.accepted';
      readonly clientId: string;
      readonly clientName: string;
      /** What the policy changed; what it kept is left out. */
      readonly trace: readonly TraceEntry[];
    })
  | (Happened & {
      readonly type: 'registration.refused';
      readonly rule: string;
      readonly description: string;
    })
  | (Happened & { readonly type: 'registration.limited'; readonly limit: 'address' | 'realm' });

export type AuthorizationEvent =
  | (Happened & {
      /** A page or form of a transaction was met in another browser, or did not fit it. */
      readonly type: 'transaction.refused';
      readonly problem: string;
    })
  | (Happened & {
      readonly type: 'authorization.refused';
      readonly clientId?: string;
      readonly error: string;
      readonly gate?: Gate;
    })
  | (Happened & { readonly type: 'authorization.limited'; readonly clientId: string })
  | (Happened & { readonly type: 'sign-in.succeeded'; readonly subject: string })
  | (Happened & { readonly type: 'sign-in.failed'; readonly username: string })
  | (Happened & { readonly type: 'sign-in.limited'; readonly username: string })
  | (Happened & ConsentFacts & { readonly type: 'consent.approved'; readonly grantId: string })
  | (Happened & ConsentFacts & { readonly type: 'consent.denied' });

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
    })
  | (Happened & {
      readonly type: 'token.refused';
      readonly clientId?: string;
      readonly error: string;
      readonly reason: string;
      readonly gate?: Gate;
    })
  | (Happened & {
      readonly type: 'grant.ended';
      readonly grantId: string;
      readonly clientId: string;
      readonly reason: 'code-replayed' | 'refresh-token-replayed';
    });
