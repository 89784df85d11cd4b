import {
  type ClientTranslation,
  type ExpiredClient,
  type Instant,
  isRestorable,
  lifeOf,
  type Realm,
  type Refusal,
  type StoredClient,
  voucherOf,
} from '@vestibule/core';
import type { SheetLine } from '../output/sheet.ts';
import { shortTime } from '../output/time.ts';
import { preregistrationLines } from './preregistration.ts';

/** What today has to say to a client that registered long ago. */
export interface JudgedToday {
  /** What the policy has against it. */
  readonly refusal: Refusal | undefined;
  /** The known vendor whose name it uses, whether it is theirs or not. */
  readonly vendor: string | undefined;
}

/** A client for people: everything that is known of it, but no hash. */
export function clientLines(
  client: StoredClient | ExpiredClient,
  realm: Realm,
  now: Instant,
  { refusal, vendor }: JudgedToday,
): readonly SheetLine[] {
  const { lastUsedAt, bounds = {}, translations = {}, preregistration } = client;
  if (preregistration !== undefined) {
    return [
      ['id', client.id],
      ['realm', client.realm],
      ['name', client.name],
      ['made by', 'an operator'],
      ['state', stateLine(client, realm, now)],
      ['made', shortTime(client.issuedAt)],
      ['last used', lastUsedAt === undefined ? 'never' : shortTime(lastUsedAt)],
      ['redirect URIs', client.redirectUris],
      ['kind', client.applicationType],
      ['grants', client.grantTypes.join(' ')],
      ...preregistrationLines(preregistration),
    ];
  }
  return [
    ['id', client.id],
    ['realm', client.realm],
    ['calls itself', client.name],
    ...Object.entries(translations).map(([language, words]): SheetLine => [
      `in ${language}`,
      translationLines(words),
    ]),
    ['uses the name of', vendor],
    ['vouched for by', voucherLine(client, realm)],
    ['state', stateLine(client, realm, now)],
    ['registered', shortTime(client.issuedAt)],
    ['last used', lastUsedAt === undefined ? 'never' : shortTime(lastUsedAt)],
    ['today’s policy', refusal === undefined ? 'would take it' : `would refuse it: ${refusal.description}`],
    ['redirect URIs', client.redirectUris],
    ['kind', client.applicationType],
    ['grants', client.grantTypes.join(' ')],
    ['scope', client.scope === undefined ? 'whatever is open' : `at most ${client.scope.join(' ')}`],
    ['page', client.clientUri],
    ['logo', client.logoUri],
    ['terms', client.tosUri],
    ['privacy', client.policyUri],
    ['software', client.softwareId],
    ['version', client.softwareVersion],
    ['contacts', client.contacts],
    ['came with', client.initialAccessTokenId],
    ['bound to hosts', bounds.redirectHosts?.join(', ')],
    ['bound to scopes', bounds.scopes?.join(' ')],
    ['bound to APIs', bounds.resources],
    ['manages itself', client.registrationAccessTokenHash === undefined ? 'no' : 'yes'],
    ['statement', client.softwareStatement],
  ];
}

const translationLines = (words: ClientTranslation): readonly string[] =>
  [words.name, words.clientUri, words.logoUri, words.tosUri, words.policyUri].filter(
    (word) => word !== undefined,
  );

/** Who vouched for it, and whether their word still counts. */
function voucherLine(client: StoredClient, realm: Realm): string | undefined {
  if (client.vouchedBy === undefined) return undefined;
  const voucher = voucherOf(client, realm);
  return voucher === undefined
    ? `${client.vouchedBy}, whose word does not count here any more`
    : `${voucher.name} (${voucher.issuer})`;
}

function stateLine(client: StoredClient | ExpiredClient, { settings }: Realm, now: Instant): string {
  if ('expiredAt' in client) {
    const since = `expired since ${shortTime(client.expiredAt)}: nobody ever used it`;
    return isRestorable(client, settings.lifecycle, now)
      ? `${since}; a person’s consent restores it`
      : `${since}; nothing restores it any more`;
  }
  const life = lifeOf(client, settings.lifecycle, now);
  switch (life.state) {
    case 'awake':
      return 'awake';
    case 'asleep':
      return `asleep since ${shortTime(life.since)}; a person’s consent wakes it`;
    case 'gone':
      return life.reason === 'unused' ? 'gone: nobody ever used it' : 'gone: it slept too long';
    case 'blocked':
      return `blocked since ${shortTime(client.blockedAt ?? now)}`;
  }
}
