import { makeChange } from './015-commit/change-others.ts';

/**
 * Audit events and limits keep no index of times: events are deleted in the order of their realms, and the limits that are over are
 * found by reading the table.
 *
 * PostgreSQL has no statistics of a table that was filled just now. Then several indexes seem equal to it, and it found a grant of a
 * known id by reading all grants of the realm. So the two indexes of grants that have not ended are only for statements that ask for
 * a client or a person, which say so (`length(client_id) >= 0`, `length(subject) >= 0`).
 *
 * A decision stays in the page of its interaction (HOT), where the fill factor leaves room.
 */
const INDEXES = `
  DROP INDEX rate_limits_by_expiry;
  DROP INDEX audit_events_by_time;
  DROP INDEX grants_by_client;
  CREATE INDEX grants_by_client ON grants (realm, client_id, subject) WHERE ended_at IS NULL AND length(client_id) >= 0;
  DROP INDEX grants_by_subject;
  CREATE INDEX grants_by_subject ON grants (realm, subject, created_at) WHERE ended_at IS NULL AND length(subject) >= 0;
  ALTER TABLE transactions SET (fillfactor = 70);
`;

export const FEWER_INDEXES: string = INDEXES + makeChange();
