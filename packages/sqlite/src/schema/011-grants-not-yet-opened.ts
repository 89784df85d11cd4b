/** Grants are listed from the approval on, before their code is exchanged. */
export const GRANTS_NOT_YET_OPENED = `
  DROP INDEX grants_by_subject;
  CREATE INDEX grants_by_subject ON grants (realm, subject, created_at) WHERE ended_at IS NULL;
`;
