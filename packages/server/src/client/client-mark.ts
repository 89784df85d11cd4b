import type { ClientMark } from '../records/client-name.ts';
import type { ShownClient } from './shown-client.ts';

/** Who stands behind a client's name, as pages mark it. */
export const markOf = ({
  verifiedBy,
  preregistration,
}: Pick<ShownClient, 'verifiedBy' | 'preregistration'>): ClientMark => ({
  ...(verifiedBy !== undefined && { verifiedBy }),
  ...(preregistration !== undefined && { isPreregistered: true }),
});
