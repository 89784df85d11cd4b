import {
  type ClientTranslation,
  type ExpiredClient,
  type Instant,
  isRestorable,
  lifeOf,
  type Realm,
  type Refusal,
  type StoredClient,
  statementIssuerOf,
} from '@vestibule/core';
import type { SheetLine } from '../output/sheet.ts';
import { shortTime } from '../output/time.ts';
import { preregistrationLines } from './preregistration.ts';

/** How today's policy judges a client that registered earlier. */
export interface JudgedToday {
  /** Why the policy would refuse it. Absent: it would be accepted. */
  readonly refusal: Refusal | undefined;
  /** The known vendor whose name it uses, legitimately or not. */
  readonly vendor: string | undefined;
}

/** A client for people: all its details except hashes. */
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
      ['kind', 'pre-registered'],
      ['state', stateLine(client, realm, now)],
      ['added', shortTime(client.issuedAt)],
      ['last used', lastUsedAt === undefined ? 'never' : shortTime(lastUsedAt)],
      ['redirect URIs', client.redirectUris],
      ['application type', client.applicationType],
      ['grant types', client.grantTypes.join(' ')],
      ...preregistrationLines(preregistration),
    ];
  }
  return [
    ['id', client.id],
    ['realm', client.realm],
    ['name', client.name],
    ['kind', 'dynamic'],
    ...Object.entries(translations).map(([language, words]): SheetLine => [
      `name and pages (${language})`,
      translationLines(words),
    ]),
    ['uses the name of', vendor],
    ['statement issuer', statementIssuerLine(client, realm)],
    ['state', stateLine(client, realm, now)],
    ['registered', shortTime(client.issuedAt)],
    ['last used', lastUsedAt === undefined ? 'never' : shortTime(lastUsedAt)],
    ['today’s policy', refusal === undefined ? 'would accept it' : `would refuse it: ${refusal.description}`],
    ['redirect URIs', client.redirectUris],
    ['application type', client.applicationType],
    ['grant types', client.grantTypes.join(' ')],
    ['scope', client.scope === undefined ? 'every open scope' : `at most ${client.scope.join(' ')}`],
    ['home page', client.clientUri],
    ['logo', client.logoUri],
    ['terms of service', client.tosUri],
    ['privacy policy', client.policyUri],
    ['software id', client.softwareId],
    ['software version', client.softwareVersion],
    ['contacts', client.contacts],
    ['initial access token', client.initialAccessTokenId],
    ['limited to hosts', bounds.redirectHosts?.join(', ')],
    ['limited to scopes', bounds.scopes?.join(' ')],
    ['limited to APIs', bounds.resources],
    ['can manage itself', client.registrationAccessTokenHash === undefined ? 'no' : 'yes'],
    ['software statement', client.softwareStatement],
  ];
}

const translationLines = (words: ClientTranslation): readonly string[] =>
  [words.name, words.clientUri, words.logoUri, words.tosUri, words.policyUri].filter(
    (word) => word !== undefined,
  );

/** The issuer of its software statement, and whether the realm still trusts it. */
function statementIssuerLine(client: StoredClient, realm: Realm): string | undefined {
  if (client.vouchedBy === undefined) return undefined;
  const voucher = statementIssuerOf(client, realm);
  return voucher === undefined
    ? `${client.vouchedBy} (no longer trusted)`
    : `${voucher.name} (${voucher.issuer})`;
}

function stateLine(client: StoredClient | ExpiredClient, { settings }: Realm, now: Instant): string {
  if ('expiredAt' in client) {
    const since = `expired since ${shortTime(client.expiredAt)}, never used`;
    return isRestorable(client, settings.lifecycle, now)
      ? `${since}; a person’s consent restores it`
      : `${since}; it can no longer be restored`;
  }
  const life = lifeOf(client, settings.lifecycle, now);
  switch (life.state) {
    case 'awake':
      return 'awake';
    case 'asleep':
      return `asleep (hibernated) since ${shortTime(life.since)}; a person’s consent reactivates it`;
    case 'gone':
      return life.reason === 'unused' ? 'gone: never used' : 'gone: hibernated for too long';
    case 'blocked':
      return `blocked since ${shortTime(client.blockedAt ?? now)}`;
  }
}
