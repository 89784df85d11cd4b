import type { Instant } from '@vestibule/core';

/** What a person allowed: this client, at this API, these scopes. Tokens are issued from it. */
export interface Grant {
  readonly realm: string;
  readonly id: string;
  readonly clientId: string;
  readonly subject: string;
  readonly resource: string;
  readonly scopes: readonly string[];
  readonly createdAt: Instant;
}
