import { Resolver as Query } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';

/** How long to wait for each response, in milliseconds. Each server is asked twice. */
const TIMEOUT = { timeout: 1_000, tries: 2 };

/**
 * Asks the name servers of this computer for the addresses of a host. Unlike a lookup of the operating system, it occupies no thread
 * while a name server does not respond.
 *
 * @param servers the name servers, as in `dns.setServers` @default those of the system, as they are configured now
 * @throws Error of `node:dns` if there is no address
 */
export async function askNameServers(host: string, servers?: readonly string[]): Promise<readonly string[]> {
  const query = new Query(TIMEOUT);
  if (servers !== undefined) query.setServers(servers);
  const [ipv4, ipv6] = await Promise.allSettled([query.resolve4(host), query.resolve6(host)]);
  if (ipv4.status === 'rejected' && ipv6.status === 'rejected') throw ipv4.reason;
  const found4 = ipv4.status === 'fulfilled' ? ipv4.value : [];
  const found6 = ipv6.status === 'fulfilled' ? ipv6.value : [];
  return hasIpv4() ? [...found4, ...found6] : [...found6, ...found4];
}

/** Whether this computer has an IPv4 address besides those of loopback. Only the first address of a host is connected to. */
const hasIpv4 = (): boolean =>
  Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some(({ family, internal }) => family === 'IPv4' && !internal),
  );
