const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * Checks the address of keys: https, so that keys cannot be replaced in transit, or http on a loopback host.
 *
 * @throws Error if the address is any other
 */
export function jwksAddress(owner: string, jwksUri: string): URL {
  const url = URL.parse(jwksUri);
  if (url === null || !isSafe(url) || url.username !== '' || url.password !== '') {
    throw new Error(
      `The jwksUri of ${owner} must be an https address without a user name. Correct its settings.`,
    );
  }
  return url;
}

const isSafe = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
