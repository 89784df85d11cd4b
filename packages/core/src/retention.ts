import { after, type Instant, type Seconds } from './time.ts';

/**
 * How long expired rows are kept, in seconds. An API accepts an access token for a few seconds past its `exp`, by its own
 * clock; until every API refuses it as expired, its revocation must be known.
 */
const RETENTION: Seconds = 60;

/**
 * The time up to which expired rows can be deleted at `now`: one minute ago. Pass it to `Sweeper.sweep` of stores.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4 RFC 7519 §4.1.4}
 */
export const forgettableUntil = (now: Instant): Instant => after(now, -RETENTION);
