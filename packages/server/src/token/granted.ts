import type { Grant } from '../grant/grant.ts';
import type { TokenRefusal } from './refusal.ts';

/** What a grant type makes of a token request. */
export type GrantOutcome =
  | {
      readonly ok: true;
      readonly grant: Pick<Grant, 'id' | 'clientId' | 'subject' | 'resource' | 'authentication' | 'endsAt'>;
      /** Of the access token: what was granted, as far as the gates let it through at this moment. */
      readonly scopes: readonly string[];
      readonly refreshToken?: string;
      /** Thumbprint of the key that the access token is bound to. Absent: it is a bearer token. */
      readonly proofKey?: string;
      /** For the ID token that comes with a code. */
      readonly nonce?: string;
    }
  | {
      readonly ok: false;
      readonly refusal: TokenRefusal;
      /** A grant that this request ended, because it showed that somebody else holds its code or token. */
      readonly ended?: { readonly grant: Grant; readonly reason: 'code-replayed' | 'refresh-token-replayed' };
    };

/** What tokens are issued from. */
export type Granted = GrantOutcome & { readonly ok: true };

export const no = (refusal: TokenRefusal): GrantOutcome => ({ ok: false, refusal });
