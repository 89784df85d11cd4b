/**
 * The kind of a client is a column: before, a client without `preregistration` was a dynamic one. A constraint holds that
 * a row has what belongs to its kind, and nothing that belongs to another. A row that does not name its kind is dynamic,
 * which is the kind that may do least.
 *
 * A node that does not know the column can still work: dynamic clients that it adds are dynamic, and a pre-registered one
 * is refused by the constraint.
 */
export const CLIENT_KINDS = `
  ALTER TABLE clients ADD COLUMN kind text NOT NULL DEFAULT 'dynamic', ADD COLUMN document text;
  UPDATE clients SET kind = 'pre-registered' WHERE preregistration IS NOT NULL;
  ALTER TABLE clients ADD CONSTRAINT clients_have_what_belongs_to_their_kind CHECK (
    kind IN ('dynamic', 'metadata-document', 'pre-registered')
    AND (kind = 'pre-registered') = (preregistration IS NOT NULL)
    AND (kind = 'metadata-document') = (document IS NOT NULL)
  );

  DROP INDEX clients_unused, clients_awake, clients_asleep;
  CREATE INDEX clients_unused ON clients (realm, issued_at)
    WHERE last_used_at IS NULL AND blocked_at IS NULL AND kind = 'dynamic';
  CREATE INDEX clients_awake ON clients (realm, last_used_at)
    WHERE hibernated_at IS NULL AND blocked_at IS NULL AND kind = 'dynamic';
  CREATE INDEX clients_asleep ON clients (realm, hibernated_at)
    WHERE hibernated_at IS NOT NULL AND blocked_at IS NULL AND kind = 'dynamic';
`;
