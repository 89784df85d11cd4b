/** Where the secret is that encrypts signing keys in the database: 32 random bytes in base64url. */
export type KeyEncryption =
  /** The first secret encrypts; all decrypt. */
  | { readonly from: 'secrets'; readonly secrets: readonly string[] }
  /** A file with one secret, or with several, separated by commas or white space. */
  | { readonly from: 'file'; readonly path: string }
  /** A file beside a SQLite database, created at the first start. Keys in PostgreSQL are stored unencrypted. */
  | { readonly from: 'default' };

/** Splits a list of secrets. The first encrypts; the others only decrypt. */
export const secretsIn = (text: string): readonly string[] =>
  text.split(/[\s,]+/).filter((secret) => secret !== '');
