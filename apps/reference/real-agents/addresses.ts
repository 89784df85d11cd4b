import { documents } from '@vestibule/client-fixtures';

/** The host of the issuer, on 127.0.0.1. */
export const HOST_OF_ISSUER = 'id.example';

const hosts = new Set(documents.map(({ document }) => new URL(document.client_id).host));

/** A public address for each host that publishes a document: none of a special-use block, so that the guard lets it through. */
export const ADDRESSES: ReadonlyMap<string, string> = new Map(
  [...hosts].map((host, index) => [host, `11.0.0.${index + 1}`]),
);
