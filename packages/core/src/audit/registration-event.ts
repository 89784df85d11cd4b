import type { UnverifiedReason } from '../ports/registration-verifier.ts';
import type { TraceEntry } from '../policy/rule.ts';
import type { Instant } from '../time.ts';
import type { Happened } from './happened.ts';

/** The outcomes of registration requests. */
export type RegistrationEvent =
  | (Happened & {
      /** Not stored in a realm that stores clients at their first approval: `client.stored` is, then. */
      readonly type: 'registration.accepted';
      readonly clientId: string;
      readonly clientName: string;
      /** Its redirect URIs, shortened. */
      readonly redirectUris: readonly string[];
      /** What the policy changed, shortened; unchanged members are omitted. */
      readonly trace: readonly TraceEntry[];
      /** The id of the initial access token that was used. */
      readonly initialAccessTokenId?: string;
      /** The `iss` of the statement issuer that verified the client. */
      readonly vouchedBy?: string;
    })
  | (Happened & {
      /** A duplicate registration from the same network got the same client. */
      readonly type: 'registration.coalesced';
      readonly clientId: string;
    })
  | (Happened & {
      readonly type: 'registration.refused';
      readonly rule: string;
      readonly description: string;
    })
  | (Happened & {
      /** The candidate policy would have refused an accepted registration. */
      readonly type: 'registration.would-refuse';
      readonly clientId: string;
      readonly rule: string;
      readonly description: string;
    })
  | (Happened & {
      /** A metadata document verifies a registered client. Recorded once a day for each client. */
      readonly type: 'registration.verified';
      readonly clientId: string;
      /** The URL of the document. */
      readonly document: string;
      /** The fingerprint of its metadata. */
      readonly fingerprint: string;
    })
  | (Happened & {
      /** A metadata document that could verify a registered client does not. Recorded once a day for each client and reason. */
      readonly type: 'registration.unverified';
      readonly clientId: string;
      /** The URL of the document, quoted and shortened, because the client may have chosen it. */
      readonly claimedDocument: string;
      readonly reason: UnverifiedReason;
    })
  | (Happened & {
      /** The request had no valid initial access token. */
      readonly type: 'registration.unauthorized';
      readonly reason: 'missing' | 'unknown' | 'revoked' | 'expired' | 'spent';
      readonly initialAccessTokenId?: string;
    })
  | (Happened & { readonly type: 'registration.limited'; readonly limit: RegistrationLimit })
  | (Happened & {
      /**
       * The daily limit of the realm is reached, and further registrations are refused until it ends. Recorded once a day.
       */
      readonly type: 'registration.day-full';
      readonly perRealmPerDay: number;
      /** When registrations are possible again. */
      readonly until: Instant;
    });

/** The limit that was reached. */
export type RegistrationLimit =
  | 'attempts'
  | 'address'
  /** The limit of an IPv6 /56. */
  | 'site'
  /** The limit of an IPv6 /48 or an IPv4 /24: per hour, or its share of the realm's day. */
  | 'organization'
  | 'origin'
  | 'egress-range'
  | 'redirect-uris'
  | 'realm'
  | 'awake-clients';
