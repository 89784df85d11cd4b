import type { Client, ClientAuthentication, DocumentAuthentication } from '@vestibule/core';

/** A way in which a client may authenticate. */
export type AcceptedAuthentication = ClientAuthentication & {
  /** The only algorithm of its signatures. @default every supported one */
  readonly algorithm?: string;
};

const PUBLIC: AcceptedAuthentication = { method: 'none' };

/**
 * How a client proves that it is itself: by any of these, and by nothing else. Dynamic clients are public, whatever they asked for. A
 * metadata document names the methods of its client, and never one that needs a secret.
 */
export function authenticationsOf(client: Client): readonly AcceptedAuthentication[] {
  switch (client.kind) {
    case 'dynamic':
      return [PUBLIC];
    case 'metadata-document':
      return ofDocument(client.document.authentication ?? { accepts: 'none' });
    case 'pre-registered':
      return [client.terms.authentication];
  }
}

/** Whether a client, read again, may authenticate exactly as before. Otherwise its request was verified with keys that may be withdrawn. */
export const authenticatesAsBefore = (before: Client, now: Client): boolean =>
  before === now || JSON.stringify(authenticationsOf(before)) === JSON.stringify(authenticationsOf(now));

function ofDocument(authentication: DocumentAuthentication): readonly AcceptedAuthentication[] {
  if (authentication.accepts === 'none') return [PUBLIC];
  const { accepts, keys, algorithm } = authentication;
  const byKey = {
    method: 'private_key_jwt',
    ...keys,
    ...(algorithm !== undefined && { algorithm }),
  } as const;
  return accepts === 'either' ? [PUBLIC, byKey] : [byKey];
}
