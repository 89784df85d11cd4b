const listOf = (further: string): string => `
  SELECT * FROM grants
  WHERE realm = ? AND subject = ? AND ended_at IS NULL AND expires_at > ? ${further}
  ORDER BY created_at, id`;

/** Given realm, subject and moment. */
export const LIST_OF: string = listOf('');

/** Given realm, subject, moment and client. */
export const LIST_OF_CLIENT: string = listOf('AND client_id = ?');

/** Given realm, moment and how many at most; -1 is all. */
export const LIST_ENDED = 'SELECT id FROM grants WHERE realm = ? AND ended_at >= ? LIMIT ?';

/** Given moment, realm, client, subject and moment. */
export const END_OF = `
  UPDATE grants INDEXED BY grants_by_client SET ended_at = ?
  WHERE realm = ? AND client_id = ? AND subject = ? AND ended_at IS NULL AND expires_at > ? RETURNING id`;

/** Given moment, realm and client. */
export const END_ALL = `
  UPDATE grants INDEXED BY grants_by_client SET ended_at = ? WHERE realm = ? AND client_id = ? AND ended_at IS NULL`;
