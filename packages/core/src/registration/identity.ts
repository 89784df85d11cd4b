import type { Registration } from '../client/registration.ts';
import { boundsOf, type InitialAccessToken } from './initial-access-token.ts';

/** What an operator or a statement issuer determined for a client before its registration. */
export type Identity = Pick<Registration, 'initialAccessTokenId' | 'bounds' | 'vouchedBy'>;

export function identityOf(token: InitialAccessToken | undefined, vouchedBy: string | undefined): Identity {
  const bounds = token && boundsOf(token);
  return {
    ...(token !== undefined && { initialAccessTokenId: token.id }),
    ...(bounds !== undefined && { bounds }),
    ...(vouchedBy !== undefined && { vouchedBy }),
  };
}
