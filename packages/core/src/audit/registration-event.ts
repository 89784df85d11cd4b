import type { UnverifiedReason } from '../ports/registration-verifier.ts';
import type { TraceEntry } from '../policy/rule.ts';
import type { Instant } from '../time.ts';
import type { OfClient, OfNamedClient, OfRefusal } from './event-members.ts';
import type { Happened } from './happened.ts';

/** The outcomes of registration requests. */
export type RegistrationEvent =
  | (Happened &
      OfNamedClient & {
        /**
         * A client registered. Not recorded in a realm that stores clients at their first approval: `client.stored` is recorded
         * then.
         */
        readonly type: 'registration.accepted';
        /** Its redirect URIs, shortened. */
        readonly redirectUris: readonly string[];
        /** What the policy changed, shortened; unchanged members are omitted. */
        readonly trace: readonly TraceEntry[];
        /** The id of the initial access token that was used. */
        readonly initialAccessTokenId?: string;
        /** The `iss` of the statement issuer that verified the client. */
        readonly vouchedBy?: string;
      })
  | (Happened &
      OfClient & {
        /** A duplicate registration from the same network got the same client. */
        readonly type: 'registration.coalesced';
      })
  | (Happened &
      OfRefusal & {
        /** A registration was refused, and nothing was stored. */
        readonly type: 'registration.refused';
      })
  | (Happened &
      OfClient &
      OfRefusal & {
        /** The candidate policy would have refused an accepted registration. */
        readonly type: 'registration.would-refuse';
      })
  | (Happened &
      OfClient & {
        /** A metadata document verifies a registered client. Recorded once a day for each client. */
        readonly type: 'registration.verified';
        /** The URL of the document. */
        readonly document: string;
        /** The fingerprint of its metadata. */
        readonly fingerprint: string;
      })
  | (Happened &
      OfClient & {
        /** A metadata document that could verify a registered client does not. Recorded once a day for each client and reason. */
        readonly type: 'registration.unverified';
        /** The URL of the document, quoted and shortened, because the client may have chosen it. */
        readonly claimedDocument: string;
        /** Why the document does not verify it. */
        readonly reason: UnverifiedReason;
      })
  | (Happened & {
      /** The request had no valid initial access token. */
      readonly type: 'registration.unauthorized';
      /** What is wrong with the token: there was none, or it is unknown, revoked, expired or used as often as it allows. */
      readonly reason: 'missing' | 'unknown' | 'revoked' | 'expired' | 'spent';
      /** The id of the token. Absent if the token is missing or unknown. */
      readonly initialAccessTokenId?: string;
    })
  | (Happened & {
      /** A registration was refused because a limit was reached. */
      readonly type: 'registration.limited';
      /** The limit that was reached. */
      readonly limit: RegistrationLimit;
    })
  | (Happened & {
      /**
       * The daily limit of the realm is reached, and further registrations are refused until it ends. Recorded once a day.
       */
      readonly type: 'registration.day-full';
      /** The setting `registration.limits.perRealmPerDay` at that time. */
      readonly perRealmPerDay: number;
      /** When registrations are possible again. */
      readonly until: Instant;
    });

/** The limit that was reached. */
export type RegistrationLimit =
  /** The attempts of an address, whatever their result. */
  | 'attempts'
  /** The registrations of an address. */
  | 'address'
  /** The limit of an IPv6 /56. */
  | 'site'
  /** The limit of an IPv6 /48 or an IPv4 /24: per hour, or its share of the realm's day. */
  | 'organization'
  /** The limit of web pages of one origin. */
  | 'origin'
  /** The limit of an egress range. */
  | 'egress-range'
  /** The limit of one redirect URI. */
  | 'redirect-uris'
  /** The limit of the realm's day. */
  | 'realm'
  /** The number of active clients. */
  | 'awake-clients';
