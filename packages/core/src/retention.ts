import { after, type Instant, type Seconds } from './time.ts';

/**
 * How long what has expired is kept. An API accepts an access token for a few seconds past its `exp`, by its own clock;
 * until all of them refuse it as expired, it has to be known as revoked.
 */
const RETENTION: Seconds = 60;

/**
 * The moment up to which what has expired may be forgotten at `now`: a minute ago. Pass it to `Sweeper.sweep` of stores.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4 RFC 7519 §4.1.4}
 */
export const forgettableUntil = (now: Instant): Instant => after(now, -RETENTION);
