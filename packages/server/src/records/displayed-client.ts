import type { ClientName } from './client-name.ts';

/** What a consent page displayed about a client when a person approved it. The client cannot change it afterwards. */
export interface DisplayedClient extends ClientName {
  /** The redirect URI that the person was sent to, exactly. */
  readonly redirectUri: string;
}
