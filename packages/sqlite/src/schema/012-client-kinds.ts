/**
 * The kind of a client is a column: before, a client without `preregistration` was a dynamic one. A constraint holds that
 * a row has what belongs to its kind, and nothing that belongs to another. A row that does not name its kind is dynamic,
 * which is the kind that may do least.
 */
export const CLIENT_KINDS = `
  ALTER TABLE clients ADD COLUMN kind TEXT NOT NULL DEFAULT 'dynamic';
  UPDATE clients SET kind = 'pre-registered' WHERE preregistration IS NOT NULL;
  ALTER TABLE clients ADD COLUMN document TEXT CHECK (
    kind IN ('dynamic', 'metadata-document', 'pre-registered')
    AND (kind = 'pre-registered') = (preregistration IS NOT NULL)
    AND (kind = 'metadata-document') = (document IS NOT NULL)
  );

  DROP INDEX clients_awake;
  CREATE INDEX clients_awake ON clients (realm, hibernated_at, blocked_at, kind, last_used_at)
    WHERE hibernated_at IS NULL AND blocked_at IS NULL AND kind = 'dynamic';
  DROP INDEX clients_unused;
  CREATE INDEX clients_unused ON clients (realm, issued_at)
    WHERE last_used_at IS NULL AND blocked_at IS NULL AND kind = 'dynamic';
  DROP INDEX clients_asleep;
  CREATE INDEX clients_asleep ON clients (realm, hibernated_at)
    WHERE hibernated_at IS NOT NULL AND blocked_at IS NULL AND kind = 'dynamic';
`;
