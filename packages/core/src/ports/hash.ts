/** A SHA-256 hash as base64url. Secrets are stored as hashes, so that the database contains none. */
export type Hash = (text: string) => string;
