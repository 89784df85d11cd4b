const listOf = (further: string): string => `
  SELECT * FROM grants
  WHERE realm = ? AND subject = ? AND ended_at IS NULL AND expires_at > ? ${further}
  ORDER BY created_at, id`;

/** Parameters: realm, subject and time. */
export const LIST_OF: string = listOf('');

/** Parameters: realm, subject, time and client. */
export const LIST_OF_CLIENT: string = listOf('AND client_id = ?');

/** Parameters: realm, client, time, last id of the page before, and limit. */
export const LIST_OF_ANY_PERSON = `
  SELECT * FROM grants INDEXED BY grants_by_client
  WHERE realm = ? AND client_id = ? AND ended_at IS NULL AND expires_at > ? AND id > ?
  ORDER BY id LIMIT ?`;

/** Parameters: realm, time and limit; -1 is unlimited. */
export const LIST_ENDED = 'SELECT id FROM grants WHERE realm = ? AND ended_at >= ? LIMIT ?';

/** Parameters: time, realm, client, subject and time. */
export const END_OF = `
  UPDATE grants INDEXED BY grants_by_client SET ended_at = ?
  WHERE realm = ? AND client_id = ? AND subject = ? AND ended_at IS NULL AND expires_at > ? RETURNING id`;

/** Parameters: time, realm and client. */
export const END_ALL = `
  UPDATE grants INDEXED BY grants_by_client SET ended_at = ? WHERE realm = ? AND client_id = ? AND ended_at IS NULL`;
