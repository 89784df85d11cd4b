import type { RateLimiter } from '@vestibule/core';
import type { Route } from '@vestibule/http';
import type { Stores } from '@vestibule/server';

/** Somewhere that registration is served: stores of one kind, behind one kind of front. */
export interface Venue {
  readonly stores: Stores;
  readonly limiter: RateLimiter;
  /** Where it is reached: scheme, host and port. */
  readonly origin: string;
  /** Serves these, which are all below `/realms/ID`. */
  mount(id: string, routes: readonly Route[]): void;
  /** Sends a request, as from this address. What is not there is 404. */
  send(url: URL, init: RequestInit, ip: string): Promise<Response>;
  close(): Promise<void>;
}

/** Opens a venue, for one file of tests. */
export type OpenVenue = () => Promise<Venue>;
