import type { Change } from '../../ports/commit.ts';
import type { ReplayStore } from '../../ports/replay-store.ts';
import { readAssertion, readHeader, type SignatureCheck } from '@vestibule/assertions';
import {
  acceptsKeysAt,
  type Client,
  type ClientSource,
  clientSecretHash,
  type DocumentClients,
  equalInConstantTime,
  quote,
} from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import type { CountedNetwork } from '@vestibule/core/registration';
import type { AuditContext } from '../../context/record.ts';
import { sha256 } from '../../web/digest.ts';
import { ASSERTION_JWT_TYPE, judgeAssertion } from './assertion.ts';
import { type AcceptedAuthentication, authenticationsOf } from './authentication-of.ts';
import type { Credentials } from './credentials.ts';

/** What clients are authenticated with. */
export interface ClientAuthenticationContext extends AuditContext {
  readonly issuer: string;
  readonly clients: ClientSource;
  readonly signatures: SignatureCheck;
  readonly replays: ReplayStore;
  /** Absent: keys that documents name cannot be fetched. */
  readonly metadataDocuments?: DocumentClients | undefined;
}

/** Notes the id of an assertion. If it was noted before, the assertion was used before. */
export type AssertionUse = Extract<Change, { readonly kind: 'replay.note' }>;

/** Whether the credentials of a client fit its registration or its document. */
export type JudgedProof =
  | {
      readonly ok: true;
      /**
       * The change that uses up an assertion of a client that no operator decided about. Commit it when the rest of the request is valid,
       * so that strangers, who can publish any number of keys, cause nothing to be stored by worthless requests.
       */
      readonly use?: AssertionUse;
    }
  | { readonly ok: false; readonly problem: string };

/**
 * Judges the credentials of a client.
 *
 * @param networks those of the request, for limits on fetching the keys that a document names, found only for an assertion
 */
export async function judgeProof(
  context: ClientAuthenticationContext,
  realm: Realm,
  client: Client,
  credentials: Credentials,
  networks: () => readonly CountedNetwork[],
): Promise<JudgedProof> {
  const accepted = authenticationsOf(client);
  const registered = accepted.find(({ method }) => method === credentials.method);
  if (registered === undefined) {
    const methods = accepted.map(({ method }) => method).join(' or ');
    return problematic(`it is registered with ${methods}, and came with ${credentials.method}`);
  }
  if ('secretHashes' in registered && 'secret' in credentials) {
    return isSecretOf(registered.secretHashes, credentials.secret) ? PROVEN : problematic('another secret');
  }
  return 'assertion' in credentials
    ? judgeSigned(context, realm, client, registered, credentials.assertion, networks)
    : PROVEN;
}

const PROVEN: JudgedProof = { ok: true };

const problematic = (problem: string): JudgedProof => ({ ok: false, problem });

/** Compares with all hashes, even after a match. */
function isSecretOf(hashes: readonly string[], secret: string): boolean {
  const presented = clientSecretHash(sha256, secret);
  return hashes.filter((hash) => equalInConstantTime(hash, presented)).length > 0;
}

/** Checks the signature before the claims, and the first use last, so that only valid assertions are stored. */
async function judgeSigned(
  { issuer, signatures, replays, clock, metadataDocuments }: ClientAuthenticationContext,
  realm: Realm,
  { id: clientId, kind }: Client,
  registered: AcceptedAuthentication,
  assertion: string,
  networks: () => readonly CountedNetwork[],
): Promise<JudgedProof> {
  if (registered.method !== 'private_key_jwt') return problematic('no keys');
  const read = readAssertion(assertion);
  if (!read.ok) return problematic(`the assertion ${read.problem}`);
  const judged = readHeader(read.header, ASSERTION_JWT_TYPE);
  if (!judged.ok) return problematic(`the assertion ${judged.problem}`);
  const { method: _method, algorithm = judged.header.alg, ...keys } = registered;
  if (judged.header.alg !== algorithm) return problematic(`the assertion is not signed with ${algorithm}`);
  const now = clock();
  const chosenBy = kind === 'pre-registered' ? 'operator' : 'stranger';
  if (chosenBy === 'stranger' && keys.jwksUri !== undefined) {
    const isFetched = metadataDocuments !== undefined && acceptsKeysAt(realm, keys.jwksUri);
    if (!isFetched) return problematic('its keys are at a host from which nothing is fetched');
  }
  const cause = { clientId, networks: networks() };
  const source = { owner: `the client ${quote(clientId)}`, chosenBy, cause, ...keys } as const;
  const signature = await signatures.check(assertion, judged.header, source, now);
  if (signature !== 'good') return problematic(`the signature of the assertion is ${signature}`);
  const claims = judgeAssertion(read.claims, { clientId, issuer }, now);
  if (!claims.ok) return problematic(`the assertion ${claims.problem}`);
  const key = sha256(`client-assertion:${JSON.stringify([clientId, claims.id])}`);
  if (chosenBy === 'operator') {
    const seen = await replays.note(realm.id, key, claims.until);
    return seen === 'first' ? PROVEN : problematic(ASSERTION_USED);
  }
  if (await replays.has(realm.id, key)) return problematic(ASSERTION_USED);
  return { ok: true, use: { kind: 'replay.note', realm: realm.id, key, expiresAt: claims.until } };
}

/** For audit events only. */
export const ASSERTION_USED = 'the assertion was used before';
