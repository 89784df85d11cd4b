/**
 * Installs Claude Code and Codex from npm into a temporary folder, and runs the tests of this folder with them in a network
 * namespace of its own: nothing in there reaches the internet, and the hosts of the agents' documents have public addresses that
 * exist on its loopback interface only. Needs Linux with user namespaces, and `unshare`, `mount`, `script` and `ip`.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADDRESSES, HOST_OF_ISSUER } from './addresses.ts';

/** The versions with which this was last seen to work. */
const AGENTS = ['@anthropic-ai/claude-code@2.1.332', '@openai/codex@0.171.0'];

/** Runs a command in the namespace, where names are resolved by a file alone. */
const IN_NAMESPACE = `
ip link set lo up
for address in $ADDRESSES; do ip address add "$address/32" dev lo; done
mount --bind "$FOLDER/hosts" /etc/hosts
if [ -e /etc/nsswitch.conf ]; then mount --bind "$FOLDER/nsswitch.conf" /etc/nsswitch.conf; fi
exec "$@"`;

const TESTS = ['vitest', 'run', '--config', 'real-agents/vitest.config.ts'];

const folder = mkdtempSync(join(tmpdir(), 'vestibule-agents-'));
try {
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefix', folder, ...AGENTS], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const hosts = [
    ['127.0.0.1', 'localhost', HOST_OF_ISSUER],
    ['::1', 'localhost'],
    ...[...ADDRESSES].map(([host, address]) => [address, host]),
  ];
  writeFileSync(join(folder, 'hosts'), hosts.map((line) => `${line.join(' ')}\n`).join(''));
  writeFileSync(join(folder, 'nsswitch.conf'), 'hosts: files\n');
  const { status, error } = spawnSync(
    'unshare',
    ['--map-root-user', '--net', '--mount', 'sh', '-ec', IN_NAMESPACE, 'sh', ...TESTS],
    {
      stdio: 'inherit',
      env: {
        ...process.env,
        FOLDER: folder,
        ADDRESSES: [...ADDRESSES.values()].join(' '),
        AGENTS: join(folder, 'node_modules', '.bin'),
      },
    },
  );
  if (error) throw error;
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
