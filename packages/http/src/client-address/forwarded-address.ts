import { isAddress } from './is-address.ts';

/**
 * The address of a client behind reverse proxies of yours, each of which appends the address that connected to it to
 * `X-Forwarded-For`. What is before the entries of the proxies can be written by the client and is not used. Use it only if every
 * request passes the proxies.
 *
 * @param forwardedFor the value of `X-Forwarded-For`
 * @param proxies the number of proxies that a request passes, 1 or more
 * @param connection the address of the connection, returned if a proxy added no address @default an empty text: all such requests count as
 * one client
 * @throws RangeError if `proxies` is not a whole number of 1 or more
 */
export function forwardedAddress(
  forwardedFor: string | null | undefined,
  proxies: number,
  connection: string = '',
): string {
  if (!Number.isInteger(proxies) || proxies < 1) {
    throw new RangeError(`proxies is ${proxies}. It must be a whole number of 1 or more.`);
  }
  const entry = forwardedFor?.split(',').at(-proxies)?.trim();
  return entry !== undefined && isAddress(entry) ? entry : connection;
}
