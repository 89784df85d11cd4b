import { parseRedirectUri, type RedirectUri, type Client } from '@vestibule/core';
import { markAt, markOf } from './client-mark.ts';
import { hasManyInstalls } from './has-many-installs.ts';
import type { LocalizedClient } from './localized-client.ts';
import type { ApprovedClient } from '../grant/apps-of-grants.ts';
import type { ClientMark, ClientName } from '../records/client-name.ts';
import type { ConnectedAppView } from '../pages/views.ts';

/** How a page identifies an app with access for a person. */
export type AppDescription = Pick<
  ConnectedAppView,
  | 'name'
  | 'language'
  | 'verifiedBy'
  | 'isPreregistered'
  | 'alsoApprovedAs'
  | 'destinations'
  | 'isUnknown'
  | 'changed'
>;

/** The current state of a client: its record, and what this person would see of it. */
export interface PresentClient {
  readonly stored: Client;
  readonly shown: LocalizedClient;
}

/**
 * Describes an app by what the person saw when they approved it, and marks what has changed since. If that was not stored,
 * the current name is used alone.
 *
 * @param displayed newest first
 * @param present `undefined`: the client is no longer registered
 */
export function describeApp(
  displayed: readonly ApprovedClient[],
  present: PresentClient | undefined,
): AppDescription {
  const [latest, ...earlier] = displayed;
  const isUnknown = present === undefined && { isUnknown: true };
  if (latest === undefined) return { ...(present && nameOf(present.shown)), ...isUnknown };
  const others = new Map(
    earlier.filter(({ name }) => name !== latest.name).map((one) => [one.name, displayedName(one, present)]),
  );
  const destinations = destinationsOf(displayed, present !== undefined && hasManyInstalls(present.stored));
  const changed = present && changesOf(latest, destinations, present);
  return {
    ...displayedName(latest, present),
    ...(others.size > 0 && { alsoApprovedAs: [...others.values()] }),
    ...(destinations.length > 0 && { destinations }),
    ...isUnknown,
    ...(changed !== undefined && { changed }),
  };
}

const nameOf = (client: LocalizedClient): ClientName => ({
  name: client.name,
  ...(client.nameLanguage !== undefined && { language: client.nameLanguage }),
  ...markOf(client),
});

/** A displayed name keeps its marker only if the client still has it. */
const displayedName = (displayed: ApprovedClient, present: PresentClient | undefined): ClientName => ({
  name: displayed.name,
  ...(displayed.language !== undefined && { language: displayed.language }),
  ...(present && commonMark(displayed, markWhere(present.shown, displayed))),
});

/** The marker of a client as it is now, for the destination of an earlier approval. */
function markWhere(client: LocalizedClient, { redirectUri, clientMethod }: ApprovedClient): ClientMark {
  const [destination] = parsed(redirectUri);
  return destination === undefined ? markOf(client) : markAt(client, destination, clientMethod);
}

const commonMark = (then: ClientMark, now: ClientMark): ClientMark => ({
  ...(then.verifiedBy !== undefined && then.verifiedBy === now.verifiedBy && { verifiedBy: then.verifiedBy }),
  ...(then.isPreregistered === true && now.isPreregistered === true && { isPreregistered: true }),
});

function changesOf(
  latest: ApprovedClient,
  destinations: readonly RedirectUri[],
  { stored, shown }: PresentClient,
): ConnectedAppView['changed'] {
  const { name } = latest.language === undefined ? stored : (stored.translations?.[latest.language] ?? {});
  const isRenamed = name !== latest.name && shown.name !== latest.name;
  const registered = new Set(
    stored.redirectUris.flatMap((raw) => parsed(raw).map((destination) => placeOf(destination))),
  );
  const left = destinations.filter((destination) => !registered.has(placeOf(destination)));
  return isRenamed || left.length > 0
    ? { ...(isRenamed && { name: nameOf(shown) }), ...(left.length > 0 && { left }) }
    : undefined;
}

/**
 * The destinations of the approvals, each once. Two ports of a loopback host are two destinations, unless many installs share the client:
 * each of them has another port.
 */
function destinationsOf(displayed: readonly ApprovedClient[], areMany: boolean): readonly RedirectUri[] {
  const destinations = displayed.flatMap(({ redirectUri }) => parsed(redirectUri));
  const keyOf = (one: RedirectUri): string => (areMany ? placeOf(one) : `${placeOf(one)} ${portOf(one)}`);
  return [...Map.groupBy(destinations, keyOf).values()].flatMap(([newest]) => newest ?? []);
}

const parsed = (raw: string): readonly RedirectUri[] => {
  const result = parseRedirectUri(raw);
  return result.ok ? [result.uri] : [];
};

/** The displayed part of a destination. A client on this computer listens on any port (RFC 8252 §7.3). */
function placeOf(uri: RedirectUri): string {
  switch (uri.kind) {
    case 'https':
    case 'loopback':
      return `${uri.kind}://${uri.host}`;
    case 'private-use':
      return `${uri.scheme}://${uri.authority ?? ''}`;
  }
}

const portOf = (uri: RedirectUri): string => (uri.kind === 'loopback' ? new URL(uri.raw).port : '');
