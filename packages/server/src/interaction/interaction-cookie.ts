import { cookiePrefix, type PlacedCookie, placedCookie } from '../web/cookie.ts';
import { hasOwnPaths, placeAt } from '../web/place.ts';

const NAME = 'vestibule-tx-';

/** More interactions than this in one browser make it forget the oldest, so that its header never grows too long. */
const MAX_AT_ONCE = 10;

/**
 * The cookie that binds an interaction to the browser it began in. Each interaction has one of its own: two tabs
 * that begin at once cannot overwrite each other's.
 */
export const interactionCookie = (issuer: string, interactionId: string): PlacedCookie =>
  placedCookie(issuer, `${NAME}${interactionId}`, placeAt(issuer, interactionId));

/**
 * `Set-Cookie` headers that make a browser with too many of them forget the oldest, which browsers send first. Where each
 * has a path of its own, no request brings more than one.
 */
export function forgetOldest(issuer: string, cookies: ReadonlyMap<string, string>): readonly string[] {
  if (hasOwnPaths(issuer)) return [];
  const ours = new RegExp(`^${cookiePrefix(issuer)}${NAME}([A-Za-z0-9_-]+)$`);
  const held = [...cookies.keys()].flatMap((name) => ours.exec(name)?.[1] ?? []);
  return held
    .slice(0, Math.max(0, held.length + 1 - MAX_AT_ONCE))
    .map((id) => interactionCookie(issuer, id).set('', 0));
}
