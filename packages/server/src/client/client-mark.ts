import { isSelfRegistered } from '@vestibule/core';
import type { ClientMark } from '../records/client-name.ts';
import type { LocalizedClient } from './localized-client.ts';

/** The marker of a client's name on pages. */
export const markOf = (client: LocalizedClient): ClientMark => ({
  ...(client.verifiedBy !== undefined && { verifiedBy: client.verifiedBy }),
  ...(!isSelfRegistered(client) && { isPreregistered: true }),
});
