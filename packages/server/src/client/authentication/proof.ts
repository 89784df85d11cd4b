import type { ReplayStore } from '../../ports/replay-store.ts';
import { readAssertion, readHeader, type SignatureCheck } from '@vestibule/assertions';
import {
  type ClientAuthentication,
  type ClientSource,
  clientSecretHash,
  equalInConstantTime,
  quote,
  type Client,
} from '@vestibule/core';
import type { AuditContext } from '../../context/record.ts';
import { sha256 } from '../../web/digest.ts';
import { ASSERTION_JWT_TYPE, judgeAssertion } from './assertion.ts';
import { authenticationOf } from './authentication-of.ts';
import type { Credentials } from './credentials.ts';

/** What clients are authenticated with. */
export interface ClientAuthenticationContext extends AuditContext {
  readonly issuer: string;
  readonly clients: ClientSource;
  readonly signatures: SignatureCheck;
  readonly replays: ReplayStore;
}

/** What is wrong with the credentials of a client; `undefined` if they fit its registration. */
export async function proofProblem(
  context: ClientAuthenticationContext,
  client: Client,
  credentials: Credentials,
): Promise<string | undefined> {
  const registered = authenticationOf(client);
  if (registered.method !== credentials.method) {
    return `it is registered with ${registered.method}, and came with ${credentials.method}`;
  }
  if ('secretHashes' in registered && 'secret' in credentials) {
    return isSecretOf(registered.secretHashes, credentials.secret) ? undefined : 'another secret';
  }
  return 'assertion' in credentials
    ? assertionProblem(context, client, registered, credentials.assertion)
    : undefined;
}

/** Compares with all hashes, even after a match. */
function isSecretOf(hashes: readonly string[], secret: string): boolean {
  const presented = clientSecretHash(sha256, secret);
  return hashes.filter((hash) => equalInConstantTime(hash, presented)).length > 0;
}

/** Checks the signature before the claims, and the first use last, so that only valid assertions are stored. */
async function assertionProblem(
  { realm, issuer, signatures, replays, clock }: ClientAuthenticationContext,
  { id: clientId, kind }: Client,
  registered: ClientAuthentication,
  assertion: string,
): Promise<string | undefined> {
  if (registered.method !== 'private_key_jwt') return 'no keys';
  const read = readAssertion(assertion);
  if (!read.ok) return `the assertion ${read.problem}`;
  const judged = readHeader(read.header, ASSERTION_JWT_TYPE);
  if (!judged.ok) return `the assertion ${judged.problem}`;
  const now = clock();
  const { method: _method, ...keys } = registered;
  const chosenBy = kind === 'pre-registered' ? 'operator' : 'stranger';
  const source = { owner: `the client ${quote(clientId)}`, chosenBy, ...keys } as const;
  const signature = await signatures.check(assertion, judged.header, source, now);
  if (signature !== 'good') return `the signature of the assertion is ${signature}`;
  const claims = judgeAssertion(read.claims, { clientId, issuer }, now);
  if (!claims.ok) return `the assertion ${claims.problem}`;
  const key = sha256(`client-assertion:${JSON.stringify([clientId, claims.id])}`);
  const seen = await replays.note(realm, key, claims.until);
  return seen === 'first' ? undefined : 'the assertion was used before';
}
