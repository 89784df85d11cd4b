import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { main } from '../src/index.ts';

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));

/** A new folder, deleted after the test. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'create-vestibule-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What a person enters when a question appears, by a part of its text. */
export type Entries = Readonly<Record<string, string>>;

/** Runs the command in a folder, and returns what it printed. With `entries`, in a terminal. */
export async function create(cwd: string, args: readonly string[], entries?: Entries) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const terminal = Object.assign(stdin, { isTTY: entries !== undefined, setRawMode: () => stdin });
  const printed: string[] = [];
  const waiting = new Map(Object.entries(entries ?? {}));
  stdout.on('data', (chunk: Buffer) => {
    printed.push(String(chunk));
    for (const [question, keys] of waiting) {
      if (!chunk.includes(question)) continue;
      waiting.delete(question);
      setImmediate(() => stdin.write(keys));
    }
  });
  const code = await main(args, { cwd, stdin: terminal, stdout, stderr, packageManager: 'npm' });
  return { code, stdout: printed.join(''), stderr: String(stderr.read() ?? '') };
}

/** Runs the tests of a project with the packages of this repository, and returns what they print. */
export async function testProject(folder: string, env: Readonly<Record<string, string>> = {}) {
  symlinkSync(join(PACKAGE, 'node_modules'), join(folder, 'node_modules'));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--test', '--test-reporter=tap', 'test/**/*.test.ts'],
    { cwd: folder, env: { PATH: process.env['PATH'], ...env } },
  );
  return stdout;
}
