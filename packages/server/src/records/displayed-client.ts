import type { ClientName } from './client-name.ts';

/** What a consent page displayed of a client when a person approved it. The client cannot change it afterwards. */
export interface DisplayedClient extends ClientName {
  /** Where the person was sent, to the byte. */
  readonly redirectUri: string;
}
