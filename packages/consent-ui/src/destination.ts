import type { RedirectUri } from '@vestibule/core';

/** Where the person will be sent, as a fact in words. */
export interface Destination {
  readonly place: string;
  readonly explanation: string;
}

export function describeDestination(uri: RedirectUri): Destination {
  switch (uri.kind) {
    case 'https':
      return { place: uri.host, explanation: 'a website' };
    case 'loopback':
      return { place: uri.host, explanation: 'an app on this computer' };
    case 'private-use': {
      const place = uri.authority === undefined ? `${uri.scheme}:` : `${uri.scheme}://${uri.authority}`;
      return { place, explanation: `whichever app on this device opens ${uri.scheme}: links` };
    }
  }
}
