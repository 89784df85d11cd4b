import type { PersonRule } from '../gates/allows-person.ts';
import type { Gate } from '../gates/gates.ts';
import type { OfAccess, OfClaimedClient, OfGrant } from './event-members.ts';
import type { Acted, Happened } from './happened.ts';

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
