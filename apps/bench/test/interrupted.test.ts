import { newFolder } from '@vestibule/testing/folder';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { canReadProcesses, processTree } from '../src/machine/process-tree.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** Whether a process exists. */
function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test.skipIf(!canReadProcesses)(
  'a run that is interrupted stops its servers and deletes their data',
  async () => {
    const folder = newFolder();
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const options = [
      '--pin',
      'no',
      '--targets',
      'bare-http',
      '--operations',
      'metadata',
      '--warm',
      '0',
      '--retries',
      '0',
    ];
    const out = ['--ms', '600000', '--out', join(folder, 'out', 'run.json')];
    const child = spawn(process.execPath, [MAIN, ...options, ...out], {
      env: { ...process.env, BENCH_FOLDER: folder },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let said = '';
    await new Promise<void>((resolve) => {
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        if (said.split(': ready').length === 3) resolve();
      });
      child.once('exit', () => resolve());
    });
    const pids = processTree(child.pid ?? 0).filter((pid) => pid !== child.pid);
    expect(said).toContain('bare-http: ready');
    expect(pids.length).toBeGreaterThanOrEqual(2);

    child.kill('SIGINT');
    const [code]: unknown[] = await once(child, 'exit');

    expect(code).toBe(130);
    expect(pids.filter(exists)).toEqual([]);
    expect(readdirSync(folder).filter((name) => name !== 'out')).toEqual([]);
  },
);
