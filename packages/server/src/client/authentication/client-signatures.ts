import { type AssertionOptions, createSignatureCheck, type SignatureCheck } from '@vestibule/assertions';
import type { DocumentClients, KeysCause } from '@vestibule/core';

/** What the keys of clients are fetched with. */
export interface ClientKeyFetches {
  /** For URLs that an operator chose. Absent: they cannot be fetched. */
  readonly fetch: AssertionOptions['fetch'] | undefined;
  /** For URLs that documents name, within the limits on what strangers cause. Absent: they cannot be fetched. */
  readonly metadataDocuments: Pick<DocumentClients, 'fetchKeys'> | undefined;
}

/** A request of which nothing is known: it counts for the host alone. */
const UNKNOWN: KeysCause = { clientId: '', networks: [] };

/** Verifies the signatures of clients. Their keys are fetched as what they are: a URL of an operator, or of a stranger. */
export function clientSignatures({ fetch, metadataDocuments }: ClientKeyFetches): SignatureCheck {
  const ofOperators = createSignatureCheck({ ...(fetch !== undefined && { fetch }) });
  const ofStrangers = createSignatureCheck({
    ...(metadataDocuments !== undefined && {
      fetch: {
        fetch: ({ url, maxBytes, cause = UNKNOWN }) => metadataDocuments.fetchKeys({ url, maxBytes, cause }),
      },
    }),
  });
  return {
    check: (assertion, header, source, now) =>
      (source.chosenBy === 'operator' ? ofOperators : ofStrangers).check(assertion, header, source, now),
  };
}
