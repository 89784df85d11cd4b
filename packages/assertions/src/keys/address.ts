const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * Where somebody's keys are: an https address, so that nobody on the way can put in others; plain http on this computer
 * alone.
 *
 * @throws where it is any other
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
