import type { ClientMark, ConsentContents } from '../pages/views.ts';

/** What a consent page displayed of a client when a person approved it. The client cannot change it afterwards. */
export interface DisplayedClient extends ClientMark {
  readonly name: string;
  /** The language of the name, where the client gave one: a BCP 47 tag. */
  readonly language?: string;
  /** Where the person was sent, to the byte. */
  readonly redirectUri: string;
}

/** Taken from the contents of the page itself, to which the person's answer is bound. */
export const displayedClient = ({ client }: Pick<ConsentContents, 'client'>): DisplayedClient => ({
  name: client.name,
  ...(client.language !== undefined && { language: client.language }),
  ...(client.verifiedBy !== undefined && { verifiedBy: client.verifiedBy }),
  ...(client.isPreregistered !== undefined && { isPreregistered: client.isPreregistered }),
  redirectUri: client.destination.raw,
});
