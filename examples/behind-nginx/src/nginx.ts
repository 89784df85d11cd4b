import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs nginx with `vestibule.conf` on other ports.
 *
 * @returns a function that stops it
 */
export async function startNginx(port: number, nodes: readonly number[]): Promise<() => void> {
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-nginx-'));
  const ports = new Map(
    [4000, 4001, 4002].map((known, index) => [String(known), String([port, ...nodes][index])]),
  );
  const site = await readFile(join(import.meta.dirname, '../vestibule.conf'), 'utf8');
  const moved = site.replaceAll(/(?<=127\.0\.0\.1:)\d+/g, (known) => ports.get(known) ?? known);
  const file = join(folder, 'nginx.conf');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  await writeFile(
    file,
    `daemon off;\npid ${folder}/pid;\nevents {}\nhttp {\naccess_log off;\n${temporary.join('\n')}\n${moved}}\n`,
  );
  const nginx = spawn('nginx', ['-c', file, '-p', folder, '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return () => {
    nginx.kill();
    void rm(folder, { recursive: true, force: true });
  };
}
