/** OAuth Client ID Metadata Document (draft-ietf-oauth-client-id-metadata-document-03), as far as it concerns the server. */
export const cimd = {
  'cimd:5:status-200': 'A document is read only from a response with the status 200.',
  'cimd:5:no-redirects': 'Redirects of the URL of a document are not followed.',
  'cimd:5.2:freshness': 'The cache headers of a document are read as RFC 9111 describes for a shared cache.',
  'cimd:9.6:special-use':
    'No URL is fetched of which the host has a special-use address, in whatever spelling.',
  'cimd:9.7:size': 'A document of more than 5,120 bytes is refused, and reading it ends there.',
} as const;
