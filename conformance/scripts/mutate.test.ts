import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const CONFORMANCE = fileURLToPath(new URL('..', import.meta.url));

test('a mutation run reports a mutation that no test notices, counts the others and restores the sources', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-mutate-'));
  const sources = {
    'src/tested.ts':
      'export const isAdult = (age: number): boolean => age >= limit();\nfunction limit(): number {\n  return Number("18");\n}\n',
    'src/untested.ts': 'export const isChild = (age: number): boolean => age < Number("18");\n',
  };
  try {
    await mkdir(join(folder, 'src'));
    await symlink(join(CONFORMANCE, 'node_modules'), join(folder, 'node_modules'));
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    for (const [file, text] of Object.entries(sources)) await writeFile(join(folder, file), text);
    await writeFile(
      join(folder, 'src/tested.test.ts'),
      "import { expect, test } from 'vitest';\nimport { isAdult } from './tested.ts';\ntest('at 18', () => expect(isAdult(18)).toBe(true));\n",
    );
    const script = join(CONFORMANCE, 'scripts/mutate.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [script, join(folder, 'src')]);
    expect(stdout).toMatch(/caught \(failed\): .*src\/tested\.ts:1 >= → >\n/);
    expect(stdout).toMatch(/SURVIVED: .*src\/untested\.ts:1 < → <=\n/);
    expect(stdout).toContain('Caught 1 of 2 (50 %)\n');
    for (const [file, text] of Object.entries(sources)) {
      expect(await readFile(join(folder, file), 'utf8')).toBe(text);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a mutation run without paths finds every decision that it names', async () => {
  const script = join(CONFORMANCE, 'scripts/mutate.ts');
  // Nothing is mutated, which is reported by the exit code.
  const run = promisify(execFile)(process.execPath, [script, '--count', '0']);
  await expect(run).rejects.toMatchObject({ code: 1, stdout: expect.stringMatching(/^0 of [1-9]\d{3}/) });
});
