import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { listenForCallback, startAttachment, walkThrough } from '@vestibule/example-agent';
import { freePort } from '@vestibule/testing/port';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitForPort } from '../../../scripts/installs/ports.ts';
import { codeBlocks, printedLines } from '../../../scripts/installs/readme-programs.ts';

const DOCS = join(import.meta.dirname, '..');
mkdirSync(join(DOCS, '.site'), { recursive: true });
/** The empty folder of the newcomer, below this package so that programs find the packages that the page installs. */
const folder = mkdtempSync(join(DOCS, '.site/start-'));
const issuerPort = String(await freePort());
const apiPort = String(await freePort());
const page = readFileSync(join(DOCS, 'start.md'), 'utf8')
  .replaceAll(/\b4000\b/g, issuerPort)
  .replaceAll(/\b4001\b/g, apiPort);
const names = [...page.matchAll(/Save this as `(\w+\.mts)`/g)].map(([, name = '']) => name);
const programs = new Map(codeBlocks(page, 'ts').map((code, index) => [names[index] ?? '', code]));
const processes: ChildProcess[] = [];

/** Starts a program of the page, and waits until its port accepts connections. */
async function start(name: string, port: string): Promise<void> {
  const child = spawn(process.execPath, [name], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  processes.push(child);
  await waitForPort(Number(port), () => child.exitCode === null);
}

beforeAll(async () => {
  for (const [name, code] of programs) writeFileSync(join(folder, name), code);
  await start('server.mts', issuerPort);
  await start('mcp.mts', apiPort);
});
afterAll(async () => {
  const ends = processes.map(async (child) => child.exitCode ?? once(child, 'exit'));
  for (const child of processes) child.kill();
  await Promise.all(ends);
  rmSync(folder, { recursive: true });
});

test('the start page names the file of each of its programs', () => {
  expect(names).toEqual(['server.mts', 'mcp.mts', 'agent.mts']);
  expect(programs.size).toBe(codeBlocks(page, 'ts').length);
});

test('the program that does what an agent does first prints what the start page says', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['agent.mts'], { cwd: folder });
  expect(stdout.trimEnd().split('\n')).toEqual(printedLines(programs.get('agent.mts') ?? ''));
});

test('an agent attaches to the server of the start page after a person signed in and approved', async () => {
  const callback = await listenForCallback();
  const attachment = await startAttachment({
    server: new URL(`http://localhost:${apiPort}/mcp`),
    name: 'Newcomer',
    redirectUrl: callback.url,
    fetch,
  });
  const [, username = '', password = ''] = /username: '(.*?)'.*password: '(.*?)'/.exec(page) ?? [];
  const destination = await walkThrough(attachment.authorizationUrl, {
    username,
    password,
    decision: 'approve',
    readingTime: 1_100,
  });
  await fetch(destination);
  const agent = await attachment.finish(await callback.arrival);
  callback.close();
  expect(await agent.call('list_notes')).toMatchObject({ text: 'Water the ferns on Thursday.' });
  await agent.close();
});
