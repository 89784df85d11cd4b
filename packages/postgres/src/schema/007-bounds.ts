/** What finds the sessions of one person, of which so many are kept at most. */
export const BOUNDS = 'CREATE INDEX sessions_by_subject ON sessions (realm, subject, authenticated_at)';
