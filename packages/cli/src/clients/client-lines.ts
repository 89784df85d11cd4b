import {
  type Client,
  type ClientDocument,
  type ClientTranslation,
  type ExpiredClient,
  type Instant,
  isExpired,
  isRestorable,
  lifeOf,
  type PreregisteredClient,
  type Refusal,
  registrationOf,
  type SelfRegisteredClient,
} from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { statementIssuerOf } from '@vestibule/core/registration';
import type { SheetLine } from '../output/sheet.ts';
import { shortTime } from '../output/time.ts';
import { describedAuthenticationLine } from './described-authentication.ts';
import { preregistrationLines } from './preregistration.ts';
import { type VerifiedBy, verifiedByLines } from './verified-by.ts';

/** How today's policy judges a client that registered earlier. */
export interface JudgedToday {
  /** Why the policy would refuse it. Absent: it would be accepted. */
  readonly refusal: Refusal | undefined;
  /** The known vendor whose name it uses, legitimately or not. */
  readonly vendor: string | undefined;
  /** Whether documents verify it, if it is registered and the realm verifies registrations. */
  readonly verified: VerifiedBy;
}

/** A client for people: all its details except hashes. */
export function clientLines(
  client: Client | ExpiredClient,
  realm: Realm,
  now: Instant,
  judged: JudgedToday,
): readonly SheetLine[] {
  switch (client.kind) {
    case 'dynamic':
    case 'metadata-document':
      return selfRegisteredLines(client, realm, now, judged);
    case 'pre-registered':
      return preregisteredLines(client, realm, now);
  }
}

function preregisteredLines(client: PreregisteredClient, realm: Realm, now: Instant): readonly SheetLine[] {
  const { lastUsedAt } = client;
  return [
    ['id', client.id],
    ['realm', client.realm],
    ['name', client.name],
    ['kind', client.kind],
    ['state', stateLine(client, realm, now)],
    ['added', shortTime(client.issuedAt)],
    ['last used', lastUsedAt === undefined ? 'never' : shortTime(lastUsedAt)],
    ['redirect URIs', client.redirectUris],
    ['application type', client.applicationType],
    ['grant types', client.grantTypes.join(' ')],
    ...preregistrationLines(client.terms),
  ];
}

function selfRegisteredLines(
  client: SelfRegisteredClient,
  realm: Realm,
  now: Instant,
  { refusal, vendor, verified }: JudgedToday,
): readonly SheetLine[] {
  const { lastUsedAt, translations = {} } = client;
  const { bounds = {}, initialAccessTokenId, accessTokenHash, softwareStatement } = registrationOf(client);
  return [
    ['id', client.id],
    ['realm', client.realm],
    ['name', client.name],
    ['kind', client.kind],
    ...(client.kind === 'metadata-document' ? documentLines(client.document) : []),
    ...Object.entries(translations).map(([language, words]): SheetLine => [
      `name and pages (${language})`,
      translationLines(words),
    ]),
    ['uses the name of', vendor],
    ['statement issuer', statementIssuerLine(client, realm)],
    ['verified', verifiedByLines(verified, realm)],
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
    ['initial access token', initialAccessTokenId],
    ['limited to hosts', bounds.redirectHosts?.join(', ')],
    ['limited to scopes', bounds.scopes?.join(' ')],
    ['limited to APIs', bounds.resources],
    ['can manage itself', accessTokenHash === undefined ? 'no' : 'yes'],
    ['software statement', softwareStatement],
  ];
}

const documentLines = (document: ClientDocument): readonly SheetLine[] => [
  ['metadata document', document.uri],
  ['read', readLine(document)],
  ['authentication', describedAuthenticationLine(document)],
];

/** When and from where a document was read. */
const readLine = ({ fetchedAt, isSnapshot }: ClientDocument): string =>
  isSnapshot === true
    ? `from the snapshot in the settings, ${shortTime(fetchedAt)}`
    : `from its host, ${shortTime(fetchedAt)}`;

const translationLines = (words: ClientTranslation): readonly string[] =>
  [words.name, words.clientUri, words.logoUri, words.tosUri, words.policyUri].filter(
    (word) => word !== undefined,
  );

/** The issuer of its software statement, and whether the realm still trusts it. */
function statementIssuerLine(client: Client, realm: Realm): string | undefined {
  const { vouchedBy } = registrationOf(client);
  if (vouchedBy === undefined) return undefined;
  const voucher = statementIssuerOf(client, realm);
  return voucher === undefined ? `${vouchedBy} (no longer trusted)` : `${voucher.name} (${voucher.issuer})`;
}

function stateLine(client: Client | ExpiredClient, { settings }: Realm, now: Instant): string {
  if (isExpired(client)) {
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
