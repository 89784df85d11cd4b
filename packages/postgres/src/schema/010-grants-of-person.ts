/** Ending a person's access to a client reads only that person's grants, however many people use the client. */
export const GRANTS_OF_PERSON = `
  DROP INDEX grants_by_client;
  CREATE INDEX grants_by_client ON grants (realm, client_id, subject) WHERE ended_at IS NULL;
`;
