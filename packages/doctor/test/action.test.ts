import { temporaryFolder } from '@vestibule/testing/folder';
import { execFile } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { at } from './servers/answer.ts';
import { startServer } from './servers/right-server.ts';

const ACTION = readFileSync(new URL('../action.yml', import.meta.url), 'utf8');
const BIN = fileURLToPath(new URL('../bin/doctor.mjs', import.meta.url));

/** The script of the action. */
const script = (/ run: \|\n([^]*)$/.exec(ACTION)?.[1] ?? '').replaceAll(/^ {8}/gm, '');

/** Runs the script as the action does, with an `npx` that runs this package. */
async function run(
  inputs: Readonly<Record<string, string>>,
): Promise<{ readonly code: number; readonly stdout: string }> {
  const folder = temporaryFolder();
  const npx = join(folder, 'npx');
  writeFileSync(npx, `#!/bin/sh\necho "$1 $2" >&2\nshift 2\nexec "${process.execPath}" "${BIN}" "$@"\n`);
  chmodSync(npx, 0o755);
  const env = {
    DOCTOR_REGISTER: 'false',
    DOCTOR_STRICT: 'false',
    DOCTOR_SARIF: '',
    DOCTOR_HTML: '',
    DOCTOR_VERSION: 'latest',
    ...inputs,
    PATH: `${folder}:${dirname(process.execPath)}:/usr/bin:/bin`,
  };
  return new Promise((resolve) => {
    const child = execFile('bash', ['-e', '-o', 'pipefail', '-c', script], { env }, (_, stdout) =>
      resolve({ code: child.exitCode ?? -1, stdout }),
    );
  });
}

test('the action examines a server, and writes the files', async () => {
  const { target } = await startServer();
  const sarif = join(temporaryFolder(), 'with spaces.sarif');
  const { code, stdout } = await run({ DOCTOR_URL: target, DOCTOR_SARIF: sarif });
  expect([code, stdout.split('\n')[0]]).toEqual([0, target]);
  expect(JSON.parse(readFileSync(sarif, 'utf8'))).toMatchObject({ version: '2.1.0' });
});

test('the action fails for warnings only if it is strict', async () => {
  const { target } = await startServer(at('/token', (answer) => ({ ...answer, status: 400 })));
  expect((await run({ DOCTOR_URL: target })).code).toBe(0);
  expect((await run({ DOCTOR_URL: target, DOCTOR_STRICT: 'true' })).code).toBe(1);
});

test.each(['--register', '$(touch /tmp/never)', '"; exit 0; "'])(
  'the action takes %j as a URL',
  async (url) => {
    expect((await run({ DOCTOR_URL: url })).code).toBe(2);
  },
);

test('the action passes every input to its script', () => {
  const [, inputs = ''] = /^inputs:\n([^]*?)^runs:/m.exec(ACTION) ?? [];
  const names = [...inputs.matchAll(/^ {2}(\w+):$/gm)].map(([, name]) => name);
  const passed = [...ACTION.matchAll(/\$\{\{ inputs\.(\w+) \}\}/g)].map(([, name]) => name);
  expect(new Set(passed)).toEqual(new Set(names));
  expect(script).not.toContain('${{');
});
