import { cite } from '@vestibule/requirements';
import { temporaryFolder } from '@vestibule/testing/folder';
import { freePort } from '@vestibule/testing/port';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { main } from '../src/cli.ts';
import { at, headers, json, members } from './servers/answer.ts';
import { startServer } from './servers/right-server.ts';

const BIN = fileURLToPath(new URL('../bin/doctor.mjs', import.meta.url));
const ISSUER = /^\/\.well-known\/oauth-authorization-server|openid-configuration$/;

const call = (
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> =>
  new Promise((resolve) => {
    const child = execFile(process.execPath, [BIN, ...args], (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });

test('exits with 0 and a report if no error is found', async () => {
  const { target, origin } = await startServer();
  const { code, stdout, stderr } = await call(target);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain(`Its authorization server is ${origin}.`);
  expect(stdout).toContain('Nothing was registered: --register tries each agent.');
  expect(stdout).toMatch(/Claude Code +document +✓ no error found/);
  expect(stdout).toContain('0 errors, 0 warnings, 0 notes;');
});

test('exits with 1 and says what, for whom, why and how to mend it if an error is found', async () => {
  const { target } = await startServer(headers('/token', { 'access-control-allow-origin': undefined }));
  const { code, stdout } = await call(target);
  expect(code).toBe(1);
  expect(stdout).toContain('✗ token.cors  POST ');
  expect(stdout).toContain('  for     agents that run in a page: use-mcp\n');
  expect(stdout).toContain('  mend    Send Access-Control-Allow-Origin: *');
  expect(stdout).toMatch(/use-mcp \(in a browser\) +registration +✗ token\.cors/);
});

test(cite('exits with 0 for warnings, and with --strict with 1', 'vestibule:doctor:exit-codes'), async () => {
  const { target } = await startServer(at('/token', (answer) => ({ ...answer, status: 400 })));
  expect((await call(target)).code).toBe(0);
  expect((await call(target, '--strict')).code).toBe(1);
});

test(cite('exits with 3 if the server does not respond', 'vestibule:doctor:exit-codes'), async () => {
  expect((await call(`http://127.0.0.1:${await freePort()}/mcp`)).code).toBe(3);
});

test.each([
  [[], 'The URL is missing.'],
  [['notes.example'], 'notes.example is no http or https URL.'],
  [['https://a.example', 'https://b.example'], 'Give one URL, not 2.'],
  [['https://a.example', '--as', 'api'], '--as is resource or issuer.'],
  [['https://a.example', '--only', 'zed'], '--only and --token need --register.'],
  [['https://a.example', '--register', '--only', 'clippy'], 'There is no agent clippy.'],
  [['https://a.example', '--loud'], "Unknown option '--loud'"],
])('exits with 2 and the usage for %j', async (args, message) => {
  const { code, stdout, stderr } = await call(...args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
  expect(stderr).toContain('Exit codes:');
});

test(cite('prints the whole report with --json', 'vestibule:doctor:formats'), async () => {
  const { target } = await startServer();
  const { stdout } = await call(target, '--json');
  expect(JSON.parse(stdout)).toMatchObject({ target, kind: 'resource', registered: false });
});

test(
  cite('writes an HTML page without markup of the server, and SARIF', 'vestibule:doctor:formats'),
  async () => {
    const folder = temporaryFolder();
    const { target } = await startServer(members(ISSUER, () => ({ issuer: '<script>alert(1)</script>' })));
    const [html, sarif] = [join(folder, 'report.html'), join(folder, 'report.sarif')];
    expect((await call(target, '--html', html, '--sarif', sarif)).code).toBe(1);
    const page = await readFile(html, 'utf8');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).not.toContain('<script');
    const { version, runs } = JSON.parse(await readFile(sarif, 'utf8'));
    expect([version, runs[0].results.length]).toEqual(['2.1.0', 1]);
    const [result] = runs[0].results;
    expect(result).toMatchObject({ ruleId: 'issuer.name', level: 'error' });
    expect(runs[0].tool.driver.rules[result.ruleIndex].id).toBe('issuer.name');
    expect(result.locations[0].physicalLocation.artifactLocation.uri).toMatch(/^http:\/\/127\.0\.0\.1/);
  },
);

test('exits with 2 if a report cannot be written', async () => {
  const { target } = await startServer();
  const { code, stderr } = await call(target, '--html', join(temporaryFolder(), 'none', 'report.html'));
  expect([code, stderr]).toEqual([2, expect.stringContaining('The report was not written')]);
});

test.each([
  ['a challenge', at('/mcp', () => json(401, {}, { 'www-authenticate': 'Basic realm="\u009B31m"' }))],
  [
    'the name of an issuer',
    members('/.well-known/oauth-protected-resource/mcp', (_, origin) => ({
      authorization_servers: [`${origin}/\u001B[31m\u202E`],
    })),
  ],
  ['an endpoint', members(ISSUER, () => ({ token_endpoint: '\u001B]0;title\u0007' }))],
])('writes no control characters of %s to a terminal', async (_, fault) => {
  const { target } = await startServer(fault);
  for (const args of [[], ['--json'], ['--verbose']]) {
    let written = '';
    const screen = { isTTY: true, write: (text: string) => (written += text) };
    await main([target, ...args], { env: { NO_COLOR: '1' }, stdout: screen, stderr: { write: () => {} } });
    expect(written.replaceAll('\n', '')).not.toMatch(/\p{C}/u);
  }
});

test('displays progress on a terminal, and erases it', async () => {
  const { target } = await startServer();
  let written = '';
  const stderr = { isTTY: true, columns: 60, write: (text: string) => (written += text) };
  await main([target], { env: {}, stdout: { write: () => {} }, stderr });
  expect(written).toContain(`POST ${target}`);
  expect(written.endsWith('\r\u001B[2K')).toBe(true);
});
