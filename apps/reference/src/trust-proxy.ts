import { type Config, isLoopback } from './config.ts';

const EVERY_ADDRESS: ReadonlySet<string | undefined> = new Set([undefined, '0.0.0.0', '::', '[::]']);

/**
 * A warning for the operator if clients can forge their addresses. With a number of proxies every connection is trusted to come
 * from the last proxy, even if a client bypasses the proxies. Behind a firewall or in a container that is safe, so the start is
 * not refused.
 */
export function forgeableAddresses({
  trustProxy,
  host,
  issuer,
}: Pick<Config, 'trustProxy' | 'host' | 'issuer'>): string | undefined {
  const isOpen = EVERY_ADDRESS.has(host) && !(host === undefined && isLoopback(issuer));
  if (typeof trustProxy !== 'number' || !isOpen) return undefined;
  return (
    `TRUST_PROXY=${trustProxy} trusts X-Forwarded-For from every client of this port, and the port is open at every address ` +
    `of this computer, so clients that bypass the proxy can forge their addresses. Set TRUST_PROXY to the address of the ` +
    `proxy, set HOST to an address that only the proxy can reach, or let a firewall admit only the proxy.`
  );
}
