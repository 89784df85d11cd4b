/** A client that a server knows, by registration or by a metadata document. */
export interface KnownClient {
  readonly id: string;
  readonly redirectUri: string;
}
