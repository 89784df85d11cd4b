import { temporaryFolder } from '@vestibule/testing/folder';
import type { Certificate } from '@vestibule/testing/certificates';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startCommand } from '../test/support/process.ts';

const documented = (path: string): string =>
  readFileSync(new URL(`../deployment/${path}`, import.meta.url), 'utf8');

/** Starts a proxy with its documented configuration, in which only the places of files are changed. */
export type StartProxy = (certificate: Certificate) => Promise<void>;

function writeCertificate({ cert, key }: Certificate): string {
  const folder = join(temporaryFolder(), 'tls');
  mkdirSync(folder);
  writeFileSync(join(folder, 'fullchain.pem'), cert);
  writeFileSync(join(folder, 'privkey.pem'), key);
  return folder;
}

/** nginx with one process, because it cannot change its account in a user namespace. */
export const startNginx: StartProxy = async (certificate) => {
  const tls = writeCertificate(certificate);
  const folder = temporaryFolder();
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  const file = join(folder, 'nginx.conf');
  const main = `
user root;
daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log stderr notice;
events {}
http {
  access_log off;
  ${places.join('\n  ')}
  include ${folder}/upstream.conf;
  include ${folder}/vestibule.conf;
}`;
  writeFileSync(file, main);
  writeFileSync(join(folder, 'upstream.conf'), documented('nginx/upstream.conf'));
  const servers = documented('nginx/vestibule.conf').replaceAll('/etc/nginx/tls', tls);
  writeFileSync(join(folder, 'vestibule.conf'), servers);
  execFileSync('nginx', ['-t', '-q', '-e', 'stderr', '-p', folder, '-c', file], { stdio: 'inherit' });
  const nginx = startCommand('nginx', ['-e', 'stderr', '-p', folder, '-c', file], {});
  await nginx.said('using the');
};

/** Caddy with a certificate of the test instead of one that it gets by itself. */
export const startCaddy: StartProxy = async (certificate) => {
  const tls = writeCertificate(certificate);
  const folder = temporaryFolder();
  const file = join(folder, 'Caddyfile');
  const text = documented('caddy/Caddyfile')
    .replace('{\n', '{\n\tadmin off\n')
    .replace('id.example {\n', `id.example {\n\ttls ${tls}/fullchain.pem ${tls}/privkey.pem\n`);
  writeFileSync(file, text);
  const args = ['--config', file, '--adapter', 'caddyfile'];
  const env = { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  execFileSync('caddy', ['validate', ...args], { stdio: 'ignore', env: { ...process.env, ...env } });
  const caddy = startCommand('caddy', ['run', ...args], env);
  await caddy.said('serving initial configuration');
};
