/**
 * The addresses of a host in a hosts file, in its order.
 *
 * @param host a name in lower case
 * @see {@link https://man7.org/linux/man-pages/man5/hosts.5.html hosts(5)}
 */
export function addressesIn(hostsFile: string, host: string): readonly string[] {
  // Lists of blocked hosts have 100,000 lines, and few of them are of this host.
  const lines = hostsFile.toLowerCase().includes(host) ? hostsFile.split('\n') : [];
  return lines.flatMap((line) => {
    const [address, ...names] = (line.split('#', 1)[0] ?? '').split(/\s+/).filter((word) => word !== '');
    return address !== undefined && names.some((name) => name.toLowerCase() === host) ? [address] : [];
  });
}
