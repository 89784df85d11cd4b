/**
 * Runs nginx and Caddy with the configurations of `deployment`, in front of the app, over TLS of a private authority. They are in a network
 * namespace of their own, in which ports 80 and 443 are free and `id.example` is this computer. Needs Linux with user namespaces, `unshare`,
 * `mount` and `ip`, and `nginx` (1.25.1 or newer) and `caddy` on the PATH.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const IN_NAMESPACE = `
ip link set lo up
mount --bind "$FOLDER/hosts" /etc/hosts
if [ -e /etc/nsswitch.conf ]; then mount --bind "$FOLDER/nsswitch.conf" /etc/nsswitch.conf; fi
exec vitest run --config real-proxies/vitest.config.ts`;

const folder = mkdtempSync(join(tmpdir(), 'vestibule-proxies-'));
try {
  writeFileSync(join(folder, 'hosts'), '127.0.0.1 localhost id.example\n::1 localhost\n');
  writeFileSync(join(folder, 'nsswitch.conf'), 'hosts: files\n');
  const { status, error } = spawnSync(
    'unshare',
    ['--map-root-user', '--net', '--mount', 'sh', '-ec', IN_NAMESPACE],
    {
      stdio: 'inherit',
      env: { ...process.env, FOLDER: folder, PATH: `${process.env['PATH']}:/usr/sbin:/usr/local/sbin` },
    },
  );
  if (error) throw error;
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
