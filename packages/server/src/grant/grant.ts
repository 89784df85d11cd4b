import type { Instant } from '@vestibule/core';

/** What a person allowed: this client, at this API, these scopes. Tokens are issued from it. */
export interface Grant {
  readonly realm: string;
  readonly id: string;
  readonly clientId: string;
  readonly subject: string;
  /** The API's resource indicator, as the realm writes it. */
  readonly resource: string;
  readonly scopes: readonly string[];
  readonly createdAt: Instant;
  /** When nothing of it can be used any more: no code, no refresh token. Grows with each refresh. */
  readonly expiresAt: Instant;
}
