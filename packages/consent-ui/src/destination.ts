import type { RedirectUri } from '@vestibule/core';
import type { Messages } from './messages/messages.ts';

/** Where the person will be sent, in words. */
export interface Destination {
  /** The host or the scheme: a fact. */
  readonly place: string;
  readonly explanation: string;
}

export function describeDestination(
  uri: RedirectUri,
  { destination }: Pick<Messages, 'destination'>,
): Destination {
  switch (uri.kind) {
    case 'https':
      return { place: uri.host, explanation: destination.website };
    case 'loopback':
      return { place: uri.host, explanation: destination.appOnThisComputer };
    case 'private-use': {
      const place = uri.authority === undefined ? `${uri.scheme}:` : `${uri.scheme}://${uri.authority}`;
      return { place, explanation: destination.appThatOpens(uri.scheme) };
    }
  }
}
