import { isAddress } from '@vestibule/http';
import type { IncomingMessage } from 'node:http';

/**
 * Whether an address is a proxy whose `X-Forwarded-For` counts.
 *
 * @param distance the number of proxies between it and this server: 0 for the address of the connection
 */
export type Trust = (address: string, distance: number) => boolean;

/**
 * The address of the client, as Express's `request.ip`: the first one, seen from this server, that is not a trusted proxy.
 * The address of the connection if that is not an IP address, because proxies pass on what clients write into
 * `X-Forwarded-For`.
 */
export function clientAddress({ socket, headers }: IncomingMessage, trust: Trust): string {
  const connected = socket.remoteAddress ?? '';
  const forwarded = headers['x-forwarded-for'];
  if (forwarded === undefined || !trust(connected, 0)) return connected;
  const addresses = [...entriesOf(String(forwarded)), connected].toReversed();
  const client = addresses.find((address, distance) => !trust(address, distance)) ?? addresses.at(-1) ?? '';
  return isAddress(client) ? client : connected;
}

const entriesOf = (forwarded: string): readonly string[] =>
  forwarded
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
