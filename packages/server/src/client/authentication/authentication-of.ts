import type { Client, ClientAuthentication } from '@vestibule/core';

const PUBLIC: ClientAuthentication = { method: 'none' };

/** How a client proves that it is itself. Self-registered clients are public, whatever they asked for. */
export function authenticationOf(client: Client): ClientAuthentication {
  switch (client.kind) {
    case 'dynamic':
    case 'metadata-document':
      return PUBLIC;
    case 'pre-registered':
      return client.terms.authentication;
  }
}
