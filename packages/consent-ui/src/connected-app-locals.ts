import type { Instant, RedirectUri } from '@vestibule/core';
import type { ClientName, ConnectedAppsView, ConnectedAppView, EndedAppView } from '@vestibule/server';
import { markerOf } from './client-marker.ts';
import { describeDestination } from './destination.ts';
import type { Formats } from './formats.ts';
import { type Html, text } from './html.ts';
import { bdi, claim, link, list, sentences, strong } from './markup.ts';
import type { Messages } from './messages/messages.ts';
import type { LocalsOf } from './template.ts';

/** What the page of connected apps displays. */
export function connectedAppsLocals(
  view: ConnectedAppsView,
  messages: Messages,
  formats: Formats,
): LocalsOf<'connected-apps'> {
  const t = messages.connectedApps;
  const { realmName, person, apps, ended, now } = view;
  const realm = bdi(realmName);
  return {
    t,
    lead: apps.length > 0 ? t.lead(bdi(person.name), realm) : t.none(realm),
    apps: apps.map((app) => appLocals(app, realmName, now, messages, formats)),
    ended: ended && (ended.hadAccess ? t.ended : t.endedBefore)(endedName(ended, realmName, messages)),
    tokensLast: t.tokensLast(formats.duration(view.accessTokenLifetime)),
    closing: sentences([t.signedInAs(bdi(person.name)), link(view.signOut, t.signOut)]),
  };
}

function appLocals(
  app: ConnectedAppView,
  realmName: string,
  now: Instant,
  messages: Messages,
  formats: Formats,
): object {
  const t = messages.connectedApps;
  const { action, clientId, target, csrf, changed = {}, name } = app;
  const label = labelOf(app, realmName, messages);
  const left = (changed.left ?? []).map((destination) => describeDestination(destination, messages).place);
  return {
    action,
    clientId,
    target,
    csrf,
    label,
    endLabel: t.endAccessOf(label),
    heading: nameOf(app, realmName, messages),
    isUnregistered: name !== undefined && app.isUnknown === true,
    changes: [
      ...(changed.name ? [t.nameNow(nameOf(changed.name, realmName, messages))] : []),
      ...(left.length > 0 ? [t.leftPlaces(list(left))] : []),
    ],
    otherNames: (app.alsoApprovedAs ?? []).map((other) =>
      t.alsoAllowedAs(nameOf(other, realmName, messages)),
    ),
    destinations: (app.destinations ?? []).map((destination) =>
      destinationWords(destination, messages, app.target === undefined),
    ),
    access: app.access.map(({ api, scopes, isStopped }) => ({
      api,
      stopped: isStopped === true ? t.stopped(bdi(api.name)) : undefined,
      scopes: scopes.map(({ endsAt, ...scope }) => ({
        ...scope,
        until: endsAt === undefined ? undefined : t.until(formats.minute(endsAt)),
      })),
    })),
    times: sentences([
      t.since(formats.minute(app.since)),
      app.lastUsedAt === undefined ? undefined : t.lastUsed(formats.ago(app.lastUsedAt, now)),
      allEndsBefore(app) ? undefined : t.expires(formats.minute(app.expiresAt)),
    ]),
    alert: app.tooSoon === true ? t.tooSoon : undefined,
  };
}

const nameOf = ({ name, ...client }: Partial<ClientName>, realmName: string, messages: Messages): Html =>
  name === undefined
    ? text`${messages.connectedApps.unknownApp}`
    : claim({ ...client, name }, markerOf(client, realmName, messages), messages);

/**
 * The same for attributes, with the name isolated from the direction of the text around it. Apps that use the same client have the same
 * name, so the label says where their responses went.
 */
function labelOf(app: ConnectedAppView, realmName: string, messages: Messages): string {
  const { name, target, destinations: [destination] = [], ...client } = app;
  if (name === undefined) return messages.connectedApps.unknownApp;
  const { marker } = markerOf(client, realmName, messages);
  const [opening, closing] = messages.quotationMarks;
  const label = `${opening}\u2068${name}\u2069${closing} ${marker}`;
  return target === undefined || destination === undefined
    ? label
    : `${label} (${whereOf(destination, messages)})`;
}

/** The name of the app that was ended, and where its responses went if only that was. */
function endedName(ended: EndedAppView, realmName: string, messages: Messages): Html {
  const name = nameOf(ended, realmName, messages);
  const { destination } = ended;
  return destination === undefined ? name : text`${name} (${bdi(whereOf(destination, messages))})`;
}

/** A destination in a few words. All programs on this computer are one destination, whatever their port and the spelling of the host. */
function whereOf(destination: RedirectUri, messages: Messages): string {
  const { place, explanation } = describeDestination(destination, messages);
  return destination.kind === 'loopback' ? explanation : place;
}

/** With the port of a loopback address if ports tell apart several apps on one computer. */
function destinationWords(
  destination: RedirectUri,
  messages: Messages,
  hasPort: boolean,
): { readonly sentTo: Html; readonly explanation: string } {
  const { place: host, explanation } = describeDestination(destination, messages);
  const port = destination.kind === 'loopback' && hasPort ? new URL(destination.raw).port : '';
  const where = port === '' ? host : messages.destination.withPort(host, port);
  return { sentTo: messages.connectedApps.sentTo(strong(bdi(where))), explanation };
}

/** Whether everything the app may do ends before its grant does, as the person chose. */
const allEndsBefore = ({ access, expiresAt }: ConnectedAppView): boolean =>
  access.every(({ scopes }) => scopes.every(({ endsAt = Infinity }) => endsAt <= expiresAt));
