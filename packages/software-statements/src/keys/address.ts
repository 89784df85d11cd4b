import { quote } from '@vestibule/core';

const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * Where an issuer's keys are: an https address, so that nobody on the way can put in others; plain http on this computer
 * alone.
 *
 * @throws where it is any other
 */
export function jwksAddress(issuer: string, jwksUri: string): URL {
  const url = URL.parse(jwksUri);
  if (url === null || !isSafe(url) || url.username !== '' || url.password !== '') {
    throw new Error(
      `The jwksUri of the trusted issuer ${quote(issuer)} must be an https address without a user name. Correct the realm's settings.`,
    );
  }
  return url;
}

const isSafe = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
