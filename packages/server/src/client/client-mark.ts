import type { ClientMark } from '../records/client-name.ts';
import type { LocalizedClient } from './localized-client.ts';

/** Who stands behind a client's name, as pages mark it. */
export const markOf = ({
  verifiedBy,
  preregistration,
}: Pick<LocalizedClient, 'verifiedBy' | 'preregistration'>): ClientMark => ({
  ...(verifiedBy !== undefined && { verifiedBy }),
  ...(preregistration !== undefined && { isPreregistered: true }),
});
