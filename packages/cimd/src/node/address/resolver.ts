import { lookup } from 'node:dns/promises';

/** Finds the addresses of a host. */
export interface Resolver {
  /**
   * @param host a name in ASCII and lower case, never an IP address
   * @returns the addresses, the preferred one first; empty if there is none
   */
  resolve(host: string): Promise<readonly string[]>;
}

/** Resolves as other programs on this computer do, with its hosts file. The order of the operating system is kept. */
export const systemResolver: Resolver = {
  async resolve(host) {
    const found = await lookup(host, { all: true, order: 'verbatim' });
    return found.map(({ address }) => address);
  },
};
