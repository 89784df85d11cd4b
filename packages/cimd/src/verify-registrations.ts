import {
  type AuditLog,
  type Client,
  type DocumentClients,
  type Obtained,
  type ProcessCounts,
  type RegistrationVerifier,
  type Verification,
} from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import type { RegistrationSource } from '@vestibule/core/registration';
import { whyUnverified } from './judge-verifier.ts';
import { createRecentFailures } from './recent-failures.ts';
import { recordingVerifications } from './record-verifications.ts';
import { isFresh } from './stored-copy.ts';
import {
  type Candidate,
  candidatesOf,
  storedVerifications,
  type StoredVerificationOptions,
} from './stored-verifications.ts';

/** What registered clients are verified with. */
export interface RegistrationVerifierOptions extends StoredVerificationOptions {
  readonly obtain: DocumentClients['obtain'];
  readonly audit: AuditLog;
  readonly counts: ProcessCounts;
  /** Called with each exception while a client is verified, which is unverified then. */
  readonly onError: (error: unknown) => void;
}

type Unverified = Verification & { readonly ok: false };

/** Attempts per minute at unknown documents of one host because of registered clients. Clients that use their own document have more. */
const PER_HOST = { uses: 6, seconds: 60 };

/**
 * Verifies registered clients by the documents of their websites. A document counts exactly while its own client could be used: it is
 * obtained, limited, judged and stored as that client is, and nothing about it is stored with the registration.
 */
export function createRegistrationVerifier(options: RegistrationVerifierOptions): RegistrationVerifier {
  const { obtain, clients, clock, counts, rules, onError } = options;
  const record = recordingVerifications(options);
  const failures = createRecentFailures();

  async function obtainAt(
    realm: Realm,
    uri: string,
    host: string,
    source: RegistrationSource,
  ): Promise<Obtained> {
    const found = await clients.find(realm.id, uri);
    const now = clock();
    if (found?.kind === 'metadata-document' && isFresh(found, realm, now)) {
      return obtain(realm, uri, found, source);
    }
    return failures.unlessRecent(JSON.stringify([realm.id, uri]), now, async () => {
      // Strangers can name any number of unknown documents of a host, and must not use up the attempts at those that it has.
      if (found?.kind === 'metadata-document') return obtain(realm, uri, found, source);
      const counted = counts.use(`verifying:${host}`, PER_HOST, now);
      return counted.allowed
        ? obtain(realm, uri, found, source)
        : { outcome: 'limited', retryAfter: counted.retryAfter };
    });
  }

  async function verifyBy(
    realm: Realm,
    client: Client,
    { uri, host }: Candidate,
    source: RegistrationSource,
  ): Promise<Verification> {
    const obtained = await obtainAt(realm, uri, host, source);
    if (!('client' in obtained)) return unobtained(uri, obtained);
    const reason = whyUnverified(client, obtained.client);
    return reason === undefined
      ? { ok: true, verifier: obtained.client }
      : { ok: false, document: uri, reason };
  }

  async function verify(
    realm: Realm,
    client: Client,
    redirectUri: string,
    source: RegistrationSource,
  ): Promise<readonly Verification[]> {
    const verifications: Verification[] = [];
    for (const candidate of candidatesOf(realm, client, redirectUri, rules)) {
      const verification = await verifyBy(realm, client, candidate, source);
      await record(realm, client, verification, source);
      verifications.push(verification);
      if (verification.ok) break;
    }
    return verifications;
  }

  return {
    async verify(realm, client, redirectUri, source) {
      try {
        return await verify(realm, client, redirectUri, source);
      } catch (error) {
        onError(error);
        return [];
      }
    },
    async verifierOf(...question) {
      const verified = (await storedVerifications(options, ...question)).find(({ ok }) => ok);
      return verified?.ok === true ? verified.verifier : undefined;
    },
  };
}

function unobtained(document: string, obtained: Exclude<Obtained, { readonly client: unknown }>): Unverified {
  switch (obtained.outcome) {
    case 'refused':
      return { ok: false, document, reason: 'refused', detail: obtained.refusal.description };
    case 'other':
      return { ok: false, document, reason: 'overruled' };
    case 'unavailable':
    case 'limited':
      return { ok: false, document, reason: obtained.outcome };
  }
}
