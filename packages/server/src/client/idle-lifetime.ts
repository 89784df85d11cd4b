import type { Client, Seconds } from '@vestibule/core';
import type { RealmSettings } from '@vestibule/core/realm';
import { hasManyInstalls } from './has-many-installs.ts';

/**
 * How long a grant lasts without a refresh. A registered client is hibernated when it is dormant. A client with many installs is in use
 * as long as any of them is, so each of its grants ends after that time instead.
 */
export const idleLifetime = (
  client: Pick<Client, 'kind'>,
  { lifetimes, lifecycle }: Pick<RealmSettings, 'lifetimes' | 'lifecycle'>,
): Seconds =>
  hasManyInstalls(client) ? Math.min(lifetimes.refreshToken, lifecycle.dormant) : lifetimes.refreshToken;
