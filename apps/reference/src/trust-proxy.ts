import { type Config, isLoopback } from './config.ts';

const EVERY_ADDRESS: ReadonlySet<string | undefined> = new Set([undefined, '0.0.0.0', '::', '[::]']);

/**
 * What to tell the operator if clients can forge their addresses: a number of proxies believes every connection to be the
 * last proxy's, also one that a client makes past the proxies to the port. Behind a firewall, or in a container of its
 * own, that is fine, so it is said and not refused.
 */
export function forgeableAddresses({
  trustProxy,
  host,
  issuer,
}: Pick<Config, 'trustProxy' | 'host' | 'issuer'>): string | undefined {
  const isOpen = EVERY_ADDRESS.has(host) && !(host === undefined && isLoopback(issuer));
  if (typeof trustProxy !== 'number' || !isOpen) return undefined;
  return (
    `TRUST_PROXY=${trustProxy} believes X-Forwarded-For from whoever reaches this port, and it is open at every address ` +
    `of this computer: clients that reach it past the proxy forge their addresses. Set TRUST_PROXY to the proxy's ` +
    `address, HOST to an address that only the proxy reaches, or see that a firewall lets only the proxy in.`
  );
}
