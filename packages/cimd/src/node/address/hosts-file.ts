/**
 * The addresses of a host in a hosts file, in its order.
 *
 * @param host a name in lower case
 * @see {@link https://man7.org/linux/man-pages/man5/hosts.5.html hosts(5)}
 */
export const addressesIn = (hostsFile: string, host: string): readonly string[] =>
  hostsFile.split('\n').flatMap((line) => {
    const [address, ...names] = (line.split('#', 1)[0] ?? '').split(/\s+/).filter((word) => word !== '');
    return address !== undefined && names.some((name) => name.toLowerCase() === host) ? [address] : [];
  });
