/** A running authorization server with open registration, of which only the outside is known. */
export interface Served {
  /** Its issuer, without a slash at the end. */
  readonly issuer: string;
  /** Sends a request to a path below the issuer, or to a whole URL of its origin. Redirects are not followed. */
  send(at: string | URL, init?: RequestInit): Promise<Response>;
  /** What the server stored or logged although it refused every request. Unknown for a server elsewhere. */
  readonly sideEffects?: () => Promise<readonly string[]>;
  close(): Promise<void>;
}

export type OpenServed = () => Promise<Served>;
