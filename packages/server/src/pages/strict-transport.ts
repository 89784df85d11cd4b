import { isLoopbackIssuer } from '@vestibule/core/realm';

/**
 * The header that makes browsers use https only for the issuer's host, for a year. Not for an issuer on a loopback host: it
 * would apply to every port of that host, on which apps listen for http.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6797#section-7.2 RFC 6797 §7.2}
 */
export const strictTransport = (issuer: string): Readonly<Record<string, string>> =>
  issuer.startsWith('https:') && !isLoopbackIssuer(issuer)
    ? { 'strict-transport-security': 'max-age=31536000' }
    : {};
