/** A SHA-256 hash as base64url. What is kept of a secret, so that whoever reads the database has none. */
export type Hash = (text: string) => Promise<string>;
