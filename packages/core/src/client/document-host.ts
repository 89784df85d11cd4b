import type { Client } from './client.ts';

/** The host of the document that describes a client, with its port unless it is 443. `undefined` if no document does. */
export const documentHostOf = (client: Client): string | undefined =>
  client.kind === 'metadata-document' ? URL.parse(client.document.uri)?.host : undefined;
