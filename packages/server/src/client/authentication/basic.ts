/** The content of an `Authorization: Basic` header. */
export interface BasicCredentials {
  readonly id: string;
  readonly secret: string;
}

/** RFC 9110 §11.4: the scheme is case-insensitive. RFC 4648 §4: the credentials. */
const BASIC = /^Basic +([A-Za-z0-9+/]+={0,2}) *$/i;

/**
 * Reads HTTP Basic credentials, whose parts are form-encoded in OAuth. `undefined` if the header has another scheme or is
 * malformed.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1 RFC 6749 §2.3.1}
 */
export function basicCredentials(header: string): BasicCredentials | undefined {
  const encoded = BASIC.exec(header)?.[1];
  if (encoded === undefined) return undefined;
  try {
    const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const colon = text.indexOf(':');
    if (colon < 1) return undefined;
    return { id: formDecoded(text.slice(0, colon)), secret: formDecoded(text.slice(colon + 1)) };
  } catch {
    return undefined;
  }
}

/** @throws URIError if a percent sign does not begin an escape */
const formDecoded = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '));
