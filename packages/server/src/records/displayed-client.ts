import type { ClientName } from './client-name.ts';

/** What a consent page displayed about a client when a person approved it. The client cannot change it afterwards. */
export interface DisplayedClient extends ClientName {
  /** The redirect URI that the person was sent to, exactly. */
  readonly redirectUri: string;
  /** The document that described the client. Absent if none did, and in records from before this was stored. */
  readonly document?: ApprovedDocument;
}

/** The document that described a client when a person approved it. */
export interface ApprovedDocument {
  /** The fingerprint of its metadata. */
  readonly fingerprint: string;
  /** The hash of what made the client the one that the person allowed. If it has changed, they are asked again. */
  readonly identity: string;
}
