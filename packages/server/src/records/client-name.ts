/** Who confirmed a client's name. Without either member the name is marked [unverified]. */
export interface ClientMark {
  /** The statement issuer that verified it, by its name in the realm. */
  readonly verifiedBy?: string;
  /** Whether the operator of the realm pre-registered the client. @default false */
  readonly isPreregistered?: boolean;
}

/** The name of a client, and who confirmed it. */
export interface ClientName extends ClientMark {
  /** A claim of the client. */
  readonly name: string;
  /** The language of the name, where the client gave one: a BCP 47 tag. */
  readonly language?: string;
}
