/** Who stands behind a client's name. Without either nobody does: it is marked [unverified]. */
export interface ClientMark {
  /** Who vouches for it, by the name that the realm knows them by. */
  readonly verifiedBy?: string;
  /** The realm's operator made it. @default false */
  readonly isPreregistered?: boolean;
}

/** What a client calls itself, and who stands behind that. */
export interface ClientName extends ClientMark {
  /** A claim. */
  readonly name: string;
  /** The language of the name, where the client gave one: a BCP 47 tag. */
  readonly language?: string;
}
