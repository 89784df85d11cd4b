import { isLoopbackUrl } from '@vestibule/http';
import { OPTION_NAMES, type SettingNames } from '../setting-names.ts';

const EVERY_ADDRESS: ReadonlySet<string | undefined> = new Set([undefined, '0.0.0.0', '::', '[::]']);

/** The addresses at which a server listens, and the proxies that it trusts. */
export interface ReachableAddress {
  readonly trustProxy: string | number | false;
  readonly host?: string | undefined;
  readonly issuers: readonly string[];
}

/**
 * A warning for the operator if clients can forge their addresses. With a number of proxies every connection is trusted to come
 * from the last proxy, even if a client bypasses the proxies. Behind a firewall or in a container that is safe, so the start is
 * not refused.
 */
export function forgeableAddresses(
  { trustProxy, host, issuers }: ReachableAddress,
  { trustProxy: name, host: hostName, assign }: SettingNames = OPTION_NAMES,
): string | undefined {
  const isOpen =
    EVERY_ADDRESS.has(host) && !(host === undefined && issuers.length > 0 && issuers.every(isLoopbackUrl));
  if (typeof trustProxy !== 'number' || !isOpen) return undefined;
  return (
    `${name}${assign}${trustProxy} trusts X-Forwarded-For from every client of this port, and the port is open at every address ` +
    `of this computer, so clients that bypass the proxy can forge their addresses. Set ${name} to the address of the ` +
    `proxy, set ${hostName} to an address that only the proxy can reach, or let a firewall admit only the proxy.`
  );
}
