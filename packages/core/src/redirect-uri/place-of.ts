import { plainHttpsHost } from './plain-https.ts';

/** Path segments that URL parsers resolve. */
const DOT_SEGMENT = /\/\.{1,2}(?:\/|$)/;

const HTTPS = 'https://';

/** Scheme, host and path of a redirect URI as a browser writes them; the query does not change the destination. */
export function placeOf(raw: string): string {
  const host = plainHttpsHost(raw);
  if (host !== undefined && !DOT_SEGMENT.test(raw)) {
    return raw.length === HTTPS.length + host.length ? `${raw}/` : raw;
  }
  const [place = raw] = (URL.parse(raw)?.href ?? raw).split('?', 1);
  return place;
}
