import type { Instant } from '../time.ts';

/** Enough for times until the year 5188. */
const TIME_LENGTH = 9;

/**
 * The `client_id` of a new dynamic client: `dyn-`, the time of its registration and a random token. Ids sort in the order of
 * registration, so that a database appends new ones at one place instead of changing a page of its index for each. The time is no
 * secret: `client_id_issued_at` says it as well.
 *
 * @param token random and unguessable
 * @see {@link https://www.rfc-editor.org/rfc/rfc9562#section-5.7 RFC 9562 §5.7}, which orders UUIDs for the same reason
 */
export const newClientId = (issuedAt: Instant, token: string): string =>
  `dyn-${issuedAt.toString(36).padStart(TIME_LENGTH, '0')}${token}`;
