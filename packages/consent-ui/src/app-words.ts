import type { Instant, RedirectUri } from '@vestibule/core';
import type { ClientName, ConnectedAppView } from '@vestibule/server';
import { ago } from './ago.ts';
import { timeWords } from './date.ts';
import { describeDestination } from './destination.ts';
import { markerOf } from './marker.ts';

/** A connected app, with its moments in words. */
export function appWords(app: ConnectedAppView, realmName: string, now: Instant): object {
  const { marker } = markerOf(app, realmName);
  return {
    ...app,
    // No ids: the fragment of an address would scroll there, past what stands above.
    label: app.name === undefined ? UNKNOWN : `“\u2068${app.name}\u2069” ${marker}`,
    ...markerOf(app, realmName),
    alsoApprovedAs: (app.alsoApprovedAs ?? []).map((name) => claimWords(name, realmName)),
    destinations: (app.destinations ?? []).map(placeWords),
    nameNow: app.changed?.name && claimWords(app.changed.name, realmName),
    left: (app.changed?.left ?? []).map((destination) => describeDestination(destination).place),
    access: app.access.map(({ api, scopes }) => ({
      api,
      scopes: scopes.map(({ endsAt, ...scope }) => ({
        ...scope,
        until: endsAt === undefined ? undefined : timeWords(endsAt),
      })),
    })),
    since: timeWords(app.since),
    lastUsed: app.lastUsedAt === undefined ? undefined : ago(app.lastUsedAt, now),
    expires: hasOwnEnd(app) ? undefined : timeWords(app.expiresAt),
  };
}

/** An app that a page has no name of. */
export const UNKNOWN = 'An app that is not known here any more';

export const claimWords = (name: Partial<ClientName>, realmName: string): object => ({
  ...name,
  ...markerOf(name, realmName),
});

/** A destination, with the port where several apps of one computer are told apart by it. */
function placeWords(destination: RedirectUri): object {
  const { place, explanation } = describeDestination(destination);
  const port = destination.kind === 'loopback' ? new URL(destination.raw).port : '';
  return { place: port === '' ? place : `${place}, port ${port}`, explanation };
}

/** Whether everything it may do ends by then anyway, as the person chose. */
const hasOwnEnd = ({ access, expiresAt }: ConnectedAppView): boolean =>
  access.every(({ scopes }) => scopes.every(({ endsAt = Infinity }) => endsAt <= expiresAt));
