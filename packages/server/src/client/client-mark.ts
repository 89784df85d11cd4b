import type { ClientMark } from '../records/client-name.ts';
import type { LocalizedClient } from './localized-client.ts';

/** The marker of a client's name on pages. */
export const markOf = ({
  verifiedBy,
  preregistration,
}: Pick<LocalizedClient, 'verifiedBy' | 'preregistration'>): ClientMark => ({
  ...(verifiedBy !== undefined && { verifiedBy }),
  ...(preregistration !== undefined && { isPreregistered: true }),
});
