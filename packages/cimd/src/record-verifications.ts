import {
  type AuditLog,
  type Client,
  type Clock,
  createProcessCounts,
  quoteClientId,
  type Verification,
} from '@vestibule/core';
import type { AuditFacts, RegistrationEvent } from '@vestibule/core/audit';
import type { Realm } from '@vestibule/core/realm';
import type { RegistrationSource } from '@vestibule/core/registration';

/** Records whether a document verifies a client. */
export type RecordVerification = (
  realm: Realm,
  client: Client,
  verification: Verification,
  source: RegistrationSource,
) => Promise<void>;

const ONCE_A_DAY = { uses: 1, seconds: 86_400 };
/** Strangers make clients, so the counts have a table of their own, and do not displace others. */
const MOST_CLIENTS = 10_000;

/** Records each result of a client once a day in this process, because a client is verified again at each authorization. */
export function recordingVerifications({
  audit,
  clock,
}: {
  readonly audit: AuditLog;
  readonly clock: Clock;
}): RecordVerification {
  const recorded = createProcessCounts(MOST_CLIENTS);
  return async (realm, { id: clientId }, verification, { ip }) => {
    const at = clock();
    const facts = factsOf(clientId, verification);
    if (!recorded.use(JSON.stringify([realm.id, facts]), ONCE_A_DAY, at).allowed) return;
    await audit.record({ ...facts, realm: realm.id, at, ip });
  };
}

function factsOf(clientId: string, verification: Verification): AuditFacts<RegistrationEvent> {
  if (verification.ok) {
    const { uri: document, fingerprint } = verification.verifier.document;
    return { type: 'registration.verified', clientId, document, fingerprint };
  }
  const { document, reason } = verification;
  return { type: 'registration.unverified', clientId, claimedDocument: quoteClientId(document), reason };
}
