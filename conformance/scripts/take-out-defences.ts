import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type Attack, type Cut, type Defence, readAttacks, ROOT } from '../attacks/support/defences.ts';

/**
 * Takes each defence out that the attacks name, one after the other, and looks whether the attack then succeeds: whether
 * the tests fail that should. The sources are changed for that while, and put back.
 *
 * Usage: `node scripts/take-out-defences.ts [part of a file's name…]`
 */
const wanted = process.argv.slice(2);
const attacks = (await readAttacks()).filter(
  ({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)),
);
let unproven = 0;
for (const attack of attacks) {
  for (const defence of attack.defences) {
    const isProven = await without(defence.cuts, () => failsWithout(attack, defence));
    if (!isProven) unproven += 1;
    process.stdout.write(
      `${isProven ? 'fails, as it should' : 'STILL PASSES'}: ${attack.name}: ${defence.fails}\n`,
    );
  }
}
process.exitCode = unproven === 0 ? 0 : 1;

async function without<T>(cuts: readonly Cut[], action: () => Promise<T>): Promise<T> {
  const before = new Map<string, string>();
  try {
    for (const { file, from, to } of cuts) {
      const path = join(ROOT, file);
      const text = await readFile(path, 'utf8');
      if (!before.has(path)) before.set(path, text);
      await writeFile(
        path,
        text.replace(from, () => to),
      );
    }
    return await action();
  } finally {
    for (const [path, text] of before) await writeFile(path, text);
  }
}

async function failsWithout({ name, folder: home }: Attack, { fails }: Defence): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-attack-'));
  const outputFile = join(folder, 'report.json');
  const vitest = 'node_modules/vitest/vitest.mjs';
  // Groups and tests are separated by a space in reports, and by ` > ` in patterns.
  const pattern = fails.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '(?: | > )');
  const named = ['-t', pattern, '--bail=1', '--testTimeout=20000'];
  const options = [...named, '--reporter=json', `--outputFile=${outputFile}`];
  const workspace = home.replace(/\/(?:test\/)?attacks$/, '');
  spawnSync(process.execPath, [vitest, 'run', join(relative(workspace, home), name), ...options], {
    cwd: join(ROOT, workspace),
  });
  const report: { readonly testResults: readonly Result[] } = JSON.parse(await readFile(outputFile, 'utf8'));
  await rm(folder, { recursive: true });
  return report.testResults.some(({ assertionResults }) =>
    assertionResults.some(({ fullName, status }) => status === 'failed' && fullName.includes(fails)),
  );
}

interface Result {
  readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
}
