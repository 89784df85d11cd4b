import { lookup } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { addressesIn } from './hosts-file.ts';
import { askNameServers } from './name-servers.ts';

/** Finds the addresses of a host. */
export interface Resolver {
  /**
   * @param host a name in ASCII and lower case, never an IP address
   * @param chosenBy who chose the host
   * @returns the addresses, the preferred one first; empty if there is none
   */
  resolve(host: string, chosenBy: 'stranger' | 'operator'): Promise<readonly string[]>;
}

/**
 * Resolves names by the hosts file and the name servers of this computer. A name that an operator chose is resolved as other programs
 * do, for example with search domains. Not so one that a stranger chose: such a lookup occupies one of the few threads of the process
 * until it ends, and the name server of a stranger need not respond. All other lookups would wait, such as those of the database.
 */
export const systemResolver: Resolver = {
  async resolve(host, chosenBy) {
    if (chosenBy === 'operator') {
      const found = await lookup(host, { all: true, order: 'verbatim' });
      return found.map(({ address }) => address);
    }
    const inFile = addressesIn(await hostsFile(), host);
    return inFile.length > 0 ? inFile : askNameServers(host);
  },
};

const HOSTS_FILE =
  process.platform === 'win32'
    ? `${process.env['SystemRoot'] ?? 'C:\\Windows'}\\System32\\drivers\\etc\\hosts`
    : '/etc/hosts';

/** Empty if there is none. */
const hostsFile = (): Promise<string> => readFile(HOSTS_FILE, 'utf8').catch(() => '');
