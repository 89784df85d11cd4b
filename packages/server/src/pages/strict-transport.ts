import { isLoopbackIssuer } from '@vestibule/core';

/**
 * The header that has browsers ask for the issuer's host over https alone, for a year. An issuer on a loopback host has none:
 * it would hold for every port of that host, and apps on this computer listen for http there.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6797#section-7.2 RFC 6797 §7.2}
 */
export const strictTransport = (issuer: string): Readonly<Record<string, string>> =>
  issuer.startsWith('https:') && !isLoopbackIssuer(issuer)
    ? { 'strict-transport-security': 'max-age=31536000' }
    : {};
