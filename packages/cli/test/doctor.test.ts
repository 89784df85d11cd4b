import { createServer } from 'node:http';
import { listeningUntilEnd } from '@vestibule/testing/listening';
import { expect, test } from 'vitest';
import { call } from './support/call.ts';

/** A server that responds to every request with 404. */
async function startServer(): Promise<string> {
  const server = createServer((_, response) => response.writeHead(404).end());
  return `${await listeningUntilEnd(server)}/mcp`;
}

test('examines a server without a database, and exits with its code', async () => {
  const target = await startServer();
  const { code, stdout } = await call(['doctor', target, '--json'], {
    env: { DATABASE_URL: 'sqlite:/nowhere/at/all.db' },
  });
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ target, kind: 'resource' });
});

test('reads its own options, and prints its own help', async () => {
  expect(await call(['doctor', '--help'])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('--sarif FILE'),
  });
  expect(await call(['doctor', 'https://id.example', '--loud'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("Unknown option '--loud'"),
  });
  expect((await call(['help', 'doctor'])).stdout).toContain('vestibule doctor URL [options]');
});
