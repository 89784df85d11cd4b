import type { Instant } from '@vestibule/core';
import type { ConnectedAppView } from '@vestibule/server';
import { ago } from './ago.ts';
import { dateWords, timeWords } from './date.ts';
import { markerOf } from './marker.ts';

/** A connected app, with its moments in words, and what its parts are told from those of the others by. */
export function appWords(app: ConnectedAppView, realmName: string, index: number, now: Instant): object {
  return {
    ...app,
    anchor: `app-${index}`,
    ...markerOf(app, realmName),
    access: app.access.map(({ api, scopes }) => ({
      api,
      scopes: scopes.map(({ endsAt, ...scope }) => ({
        ...scope,
        until: endsAt === undefined ? undefined : timeWords(endsAt),
      })),
    })),
    since: dateWords(app.since),
    lastUsed: app.lastUsedAt === undefined ? undefined : ago(app.lastUsedAt, now),
    expires: hasOwnEnd(app) ? undefined : timeWords(app.expiresAt),
  };
}

/** Whether everything it may do ends by then anyway, as the person chose. */
const hasOwnEnd = ({ access, expiresAt }: ConnectedAppView): boolean =>
  access.every(({ scopes }) => scopes.every(({ endsAt = Infinity }) => endsAt <= expiresAt));
