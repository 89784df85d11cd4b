import type { RedirectUri } from '@vestibule/core';
import type { ConsentView, ScopeView } from '@vestibule/server';
import { claim, bdi, link, place, sentences, strong } from './markup.ts';
import { markerOf } from './client-marker.ts';
import { describeDestination } from './destination.ts';
import type { Formats } from './formats.ts';
import type { Html } from './html.ts';
import type { Messages } from './messages/messages.ts';
import type { LocalsOf } from './template.ts';

/** What the consent page displays. */
export function consentLocals(view: ConsentView, messages: Messages, formats: Formats): LocalsOf<'consent'> {
  const { client, api, realmName, durations, person } = view;
  const t = messages.consent;
  const marker = markerOf(client, realmName, messages);
  const destination = describeDestination(client.destination, messages);
  const [onlyDuration] = durations.length > 1 ? [] : durations;
  return {
    t,
    action: view.action,
    interaction: view.interaction,
    csrf: view.csrf,
    documentHost: client.documentHost === undefined ? undefined : place(client.documentHost),
    heading: t.asks(claim(client, marker, messages), bdi(api.name)),
    alerts: alertsOf(view, t),
    isConfirmed: marker.isConfirmed,
    notes: [noteOnName(view, messages, formats), noteOnPause(view, t, formats)].filter(
      (note) => note !== undefined,
    ),
    facts: [
      ...(client.documentHost === undefined
        ? []
        : [{ term: t.describedBy, fact: place(client.documentHost), detail: t.describedByDetail }]),
      { term: t.sentTo, fact: place(destination.place), detail: destination.explanation },
      {
        term: t.actsAs,
        fact: strong(bdi(person.name)),
        detail: t.otherPerson(link(view.switchPerson, t.signInAsOther)),
      },
      { term: t.uses, fact: strong(bdi(api.name)), detail: api.resource },
    ],
    groups: scopeGroups(view, t),
    areSelected: view.nothingTicked !== true,
    durations: durations.map((duration) => ({
      value: duration,
      words: duration === 'until-revoked' ? t.untilRevoked : t.forDuration(formats.duration(duration)),
    })),
    onlyDuration:
      onlyDuration === undefined || onlyDuration === 'until-revoked'
        ? t.lastsUntilRevoked
        : t.lastsFor(formats.duration(onlyDuration)),
    closing: sentences([
      t.losesAccess(formats.duration(view.lasts)),
      view.isRemembered === true ? t.remembered : t.askedAgain,
      t.endAnyTime(link(view.connectedApps, t.connectedApps)),
    ]),
  };
}

type ConsentMessages = Messages['consent'];

const alertsOf = (
  { stale, tooSoon = false, nothingTicked = false }: ConsentView,
  t: ConsentMessages,
): readonly string[] => [
  ...(stale ? [t.stale] : []),
  ...(tooSoon ? [t.tooSoon] : []),
  ...(nothingTicked ? [t.nothingSelected] : []),
];

/** Who has confirmed the name of the client, and how long the client has been registered. */
function noteOnName({ client, realmName, now }: ConsentView, messages: Messages, formats: Formats): Html {
  const t = messages.consent;
  const { isPreregistered = false, mayHaveChanged = false, hasRegistered = false } = client;
  const came = client.documentHost === undefined || hasRegistered ? t.registered : t.firstSeen;
  return sentences([
    ...confirmation(client, realmName, t),
    isPreregistered ? undefined : came(formats.ago(client.issuedAt, now)),
    mayHaveChanged && !isPreregistered ? t.mayHaveChanged : undefined,
    t.approveOnlyIf,
  ]);
}

function confirmation(
  {
    isPreregistered = false,
    verifiedBy,
    documentHost,
    claimsToBe,
    canBeImitated = false,
    destination,
  }: ConsentView['client'],
  realmName: string,
  t: ConsentMessages,
): readonly (Html | string | undefined)[] {
  const claimed = claimsToBe === undefined ? undefined : strong(t.claimsToBe(bdi(claimsToBe)));
  if (documentHost !== undefined && verifiedBy !== undefined) {
    const isSentThere = destination.kind === 'https' && destination.host === documentHost;
    const by = isSentThere ? t.verifiedByOwnHost : t.verifiedByKey;
    return [claimed, strong(by(bdi(verifiedBy)))];
  }
  if (isPreregistered || verifiedBy !== undefined) {
    const imitation = destination.kind === 'loopback' ? t.imitatedByProgram : t.imitatedByApp;
    const confirmed = isPreregistered
      ? t.setUpByOperator(bdi(realmName))
      : t.verifiedBy(bdi(verifiedBy ?? ''));
    return [strong(confirmed), canBeImitated ? strong(imitation) : undefined];
  }
  if (documentHost !== undefined) {
    return [claimed, strong(t.describedOnly(bdi(documentHost))), whoElse(destination, canBeImitated, t)];
  }
  return claimsToBe === undefined
    ? [strong(t.unverified), t.nameIsFree]
    : [strong(t.claimsToBe(bdi(claimsToBe))), t.claimUnchecked];
}

/** Who else can be the app that a document describes. */
function whoElse({ kind }: RedirectUri, canBeImitated: boolean, t: ConsentMessages): string {
  switch (kind) {
    case 'https':
      return canBeImitated ? t.describesPrograms : t.sentElsewhere;
    case 'loopback':
      return t.describesPrograms;
    case 'private-use':
      return t.imitatedByApp;
  }
}

function noteOnPause(
  { client: { asleepSince }, now }: ConsentView,
  t: ConsentMessages,
  formats: Formats,
): Html | undefined {
  if (asleepSince === undefined) return undefined;
  const { since, effect } = t.paused(formats.day(asleepSince), formats.ago(asleepSince, now));
  return sentences([strong(since), effect]);
}

/** Scopes that stand together under one heading. */
interface ScopeGroup {
  readonly heading: string;
  readonly scopes: readonly ScopeView[];
  readonly note?: string;
}

/** Separates the scopes that are new from those that the client already holds. */
function scopeGroups({ scopes, held }: ConsentView, t: ConsentMessages): readonly ScopeGroup[] {
  const heading = held.length > 0 ? t.newScopes : t.scopes;
  return [
    ...(scopes.length > 0 ? [{ heading, scopes }] : []),
    ...(held.length > 0 ? [{ heading: t.heldScopes, note: t.heldNote, scopes: held }] : []),
  ];
}
