import { cookiePrefix, type PlacedCookie, placedCookie } from '../web/cookie.ts';
import { hasOwnPaths, placeAt } from '../web/place.ts';

const NAME = 'vestibule-tx-';

/** The number of interactions in one browser, after which it forgets the oldest, so that the `Cookie` header stays short. */
const MAX_AT_ONCE = 10;

/**
 * The cookie that binds an interaction to its browser. Each interaction has its own cookie, so that two tabs that begin at
 * once do not overwrite each other's.
 */
export const interactionCookie = (issuer: string, interactionId: string): PlacedCookie =>
  placedCookie(issuer, `${NAME}${interactionId}`, placeAt(issuer, interactionId));

/**
 * `Set-Cookie` headers that delete the oldest interaction cookies, which browsers send first. If each has its own path, a
 * request has at most one.
 */
export function forgetOldest(issuer: string, cookies: ReadonlyMap<string, string>): readonly string[] {
  if (hasOwnPaths(issuer)) return [];
  const ours = new RegExp(`^${cookiePrefix(issuer)}${NAME}([A-Za-z0-9_-]+)$`);
  const held = [...cookies.keys()].flatMap((name) => ours.exec(name)?.[1] ?? []);
  return held
    .slice(0, Math.max(0, held.length + 1 - MAX_AT_ONCE))
    .map((id) => interactionCookie(issuer, id).set('', 0));
}
