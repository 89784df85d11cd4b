/** A reminder that APIs which verify tokens locally accept a client's access tokens until they expire. */
export const HELD_TOKENS =
  'Its access tokens stay valid until they expire at APIs that do not check for revocation.';
