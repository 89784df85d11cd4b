/** Parameters: realm, subject, client and time. */
export const END_OF = `
  UPDATE grants SET ended_at = $4
  WHERE realm = $1 AND client_id = $3 AND subject = $2 AND ended_at IS NULL AND expires_at > $4 RETURNING id`;
