/** The client that an event is about. */
export interface OfClient {
  /** The `client_id` of the client. */
  readonly clientId: string;
}

/** The client that an event is about, with its name. */
export interface OfNamedClient extends OfClient {
  /** The name of the client, as pages display it. Self-registered clients choose it. */
  readonly clientName: string;
}

/** The client of a request that may be unknown. */
export interface OfClaimedClient {
  /** The `client_id` of the client. Absent if it is unknown or not authenticated. */
  readonly clientId?: string;
  /**
   * The `client_id` of the request if the client is unknown or not authenticated: quoted and shortened, because the sender
   * chose it.
   */
  readonly claimedClientId?: string;
}

/** The person that an event is about. */
export interface OfPerson {
  /** The person: the `sub` of tokens. */
  readonly subject: string;
}

/** The grant that an event is about, and its client. */
export interface OfGrant extends OfClient {
  /** The id of the grant: what one person allowed one client at one API. */
  readonly grantId: string;
}

/** What a client may do for a person, and where. */
export interface OfAccess extends OfClient, OfPerson {
  /** The API, as its resource indicator. */
  readonly resource: string;
  /** The scopes that the client has there. */
  readonly scopes: readonly string[];
}

/** What a rule refused. */
export interface OfRefusal {
  /** The id of the rule: look it up in the list of rules. */
  readonly rule: string;
  /** What is wrong, as in the error description of the response. */
  readonly description: string;
}
