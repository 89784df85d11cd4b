import { cite } from '@vestibule/requirements';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { openCli } from './support/test-cli.ts';

const BIN = fileURLToPath(new URL('../bin/vestibule.mjs', import.meta.url));

/** Starts the command as a process of its own. */
function start(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [BIN, ...args], { env: { PATH: process.env['PATH'], ...env } });
  onTestFinished(() => void child.kill('SIGKILL'));
  const told = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      told[name] += text;
    });
  }
  const ended = once(child, 'close').then(([code]: unknown[]) => ({ code, ...told }));
  return { child, ended };
}

test(cite('the process exits with 0, 1 or 2', 'vestibule:command-line:exit-codes'), async () => {
  const { url: DATABASE_URL } = await openCli();
  expect(await start(['gates'], { DATABASE_URL }).ended).toMatchObject({ code: 0, stderr: '' });
  expect(await start(['clients', 'show', 'x'], { DATABASE_URL }).ended).toMatchObject({
    code: 1,
    stdout: '',
  });
  expect(await start(['gates', 'open'], { DATABASE_URL }).ended).toMatchObject({ code: 2, stdout: '' });
});

test('the process reads a registration request from standard input', async () => {
  const { url: DATABASE_URL } = await openCli();
  const { child, ended } = start(['explain', '-', '--json'], { DATABASE_URL });
  child.stdin.end('{"redirect_uris":["http://192.0.2.1/callback"]}');
  const { code, stdout } = await ended;
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ outcome: 'refused', error: 'invalid_redirect_uri' });
});

test('the process finishes its work if its output is closed', async () => {
  const { url: DATABASE_URL, registrar } = await openCli();
  const { child, ended } = start(['gates', 'close', 'realm'], { DATABASE_URL });
  child.stdout.destroy();
  child.stderr.destroy();
  expect(await ended).toMatchObject({ code: 0 });
  expect(await registrar.isOpen('main')).toBe(false);
});

test('the process exits with 0 if its reader closes the pipe early', async () => {
  const { url: DATABASE_URL, add } = await openCli();
  const ids = Array.from({ length: 3_000 }, (_, index) => `dyn-${index}`);
  await Promise.all(ids.map((id) => add({ id })));
  const { child, ended } = start(['clients', 'list', '--json'], { DATABASE_URL });
  child.stdout.once('data', () => child.stdout.destroy());
  expect(await ended).toMatchObject({ code: 0, stderr: '' });
});
