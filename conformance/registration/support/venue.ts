import type { RateLimiter } from '@vestibule/core';
import type { Route } from '@vestibule/http';
import type { Stores } from '@vestibule/server';

/** Where registration is served: one kind of stores behind one kind of HTTP server. */
export interface Venue {
  readonly stores: Stores;
  readonly limiter: RateLimiter;
  /** Its origin: scheme, host and port. */
  readonly origin: string;
  /** Serves these routes, which are all below `/realms/ID`. */
  mount(id: string, routes: readonly Route[]): void;
  /** Sends a request with this address. Unknown paths are 404. */
  send(url: URL, init: RequestInit, ip: string): Promise<Response>;
  close(): Promise<void>;
}

/** Opens a venue for one test file. */
export type OpenVenue = () => Promise<Venue>;
