/** The index for the sessions of one person, whose number is limited. */
export const BOUNDS = 'CREATE INDEX sessions_by_subject ON sessions (realm, subject, authenticated_at)';
