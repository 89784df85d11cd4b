import {
  acceptsDocument,
  type Client,
  type ClientStore,
  type Clock,
  parseRedirectUri,
  passesResponsesOn,
  standingOf,
  type Verification,
} from '@vestibule/core';
import { type Realm, vendorsOf } from '@vestibule/core/realm';
import { statementIssuerOf } from '@vestibule/core/registration';
import type { DocumentRules } from './judge-document.ts';
import { whyUnverified } from './judge-verifier.ts';
import { verifyingDocuments } from './verifying-documents.ts';

/** A document that could verify a client, and its host with its port. */
export interface Candidate {
  readonly uri: string;
  readonly host: string;
}

/**
 * The documents that could verify a client at a redirect URI, if the realm wants that, it accepts them, and no statement issuer has
 * verified the client.
 */
export function candidatesOf(
  realm: Realm,
  client: Client,
  redirectUri: string,
  { vendors }: Pick<DocumentRules, 'vendors'>,
): readonly Candidate[] {
  const { verifyRegistrations } = realm.settings.metadataDocuments;
  if (client.kind !== 'dynamic' || !verifyRegistrations) return [];
  const parsed = parseRedirectUri(redirectUri);
  if (!parsed.ok || parsed.uri.kind !== 'https' || statementIssuerOf(client, realm) !== undefined) return [];
  const { host } = parsed.uri;
  const known = vendorsOf(realm, vendors);
  if (passesResponsesOn(host, known)) return [];
  return verifyingDocuments(client, host, known)
    .filter((uri) => acceptsDocument(realm, uri))
    .map((uri) => ({ uri, host }));
}

/** What the documents of registered clients are looked up with. */
export interface StoredVerificationOptions {
  readonly clients: Pick<ClientStore, 'find'>;
  readonly clock: Clock;
  readonly rules: DocumentRules;
}

/**
 * Whether the documents that could verify a client at a redirect URI do so now, as far as the store knows them; until one does. A
 * document counts while its own client could be used. Fetches nothing.
 *
 * @param only the URL of the only document to look up @default all that could verify the client
 */
export async function storedVerifications(
  { clients, clock, rules }: StoredVerificationOptions,
  realm: Realm,
  client: Client,
  redirectUri: string,
  only?: string,
): Promise<readonly Verification[]> {
  const verifications: Verification[] = [];
  for (const { uri } of candidatesOf(realm, client, redirectUri, rules)) {
    if (only !== undefined && uri !== only) continue;
    const found = await clients.find(realm.id, uri);
    const verification = verificationBy(found, uri);
    verifications.push(verification);
    if (verification.ok) break;
  }
  return verifications;

  function verificationBy(found: Client | undefined, document: string): Verification {
    if (found === undefined) return { ok: false, document, reason: 'unavailable' };
    const standing = standingOf(found, realm, rules, clock());
    if (found.kind !== 'metadata-document' || standing.kind === 'blocked') {
      return { ok: false, document, reason: 'overruled' };
    }
    if (standing.kind !== 'good') return { ok: false, document, reason: 'unavailable' };
    const reason = whyUnverified(client, found);
    return reason === undefined ? { ok: true, verifier: found } : { ok: false, document, reason };
  }
}
