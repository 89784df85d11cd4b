import { spawnSync } from 'node:child_process';
import { PEERS_FOLDER } from '../targets/peers.ts';

/** Installs the peers from npm, with the versions of their lockfile, into a folder that the workspace does not contain. */
export function runSetup(): void {
  const options = ['-y', 'pnpm@12', 'install', '--ignore-workspace', '--frozen-lockfile'];
  const { status, error } = spawnSync('npx', options, { cwd: PEERS_FOLDER, stdio: 'inherit' });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`The installation of the peers ended with ${status}.`);
}
