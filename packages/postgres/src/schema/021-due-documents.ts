/** Clients with metadata documents that are not used any more are found by an index of their own. */
export const DUE_DOCUMENTS = `
  CREATE INDEX clients_documents ON clients (realm, (coalesce(last_used_at, issued_at)), id)
    WHERE blocked_at IS NULL AND kind = 'metadata-document';
`;
