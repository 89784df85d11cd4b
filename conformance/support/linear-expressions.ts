import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Earlier verdicts of the linter on an expression. */
const verdicts = new Map<string, boolean>();

/**
 * The regular expressions among these that the linter, as configured in this repository, refuses because some text makes
 * their work superlinear. No text is tried: the verdict holds for all of them.
 */
export async function superLinear(expressions: readonly RegExp[]): Promise<readonly RegExp[]> {
  const unknown = expressions.filter((expression) => !verdicts.has(String(expression)));
  if (unknown.length > 0) await judge(unknown);
  return expressions.filter((expression) => verdicts.get(String(expression)));
}

async function judge(expressions: readonly RegExp[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-expressions-'));
  try {
    const file = join(folder, 'expressions.ts');
    // Each is executed on its own line: an expression that is only exported might be a part of another.
    await writeFile(file, expressions.map((expression) => `${expression}.exec(text);\n`).join(''));
    const { diagnostics }: { readonly diagnostics: readonly Diagnostic[] } = JSON.parse(await lint(file));
    const refused = new Set(
      diagnostics
        .filter(({ code }) => code.startsWith('regexp(no-super-linear'))
        .flatMap(({ labels }) => labels.map(({ span }) => span.line)),
    );
    for (const [at, expression] of expressions.entries()) {
      verdicts.set(String(expression), refused.has(at + 1));
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Diagnostic {
  readonly code: string;
  readonly labels: readonly { readonly span: { readonly line: number } }[];
}

/** The report of `oxlint` for one file, as JSON. */
const lint = (file: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const configuration = join(root, '.oxlintrc.json');
    const program = join(root, 'node_modules/oxlint/bin/oxlint');
    const options = ['-c', configuration, '--format', 'json', file];
    // It exits with 1 when it finds something, which is not a failure here.
    execFile(process.execPath, [program, ...options], { cwd: root }, (error, stdout, stderr) => {
      if (stdout.startsWith('{')) resolve(stdout);
      else reject(error ?? new Error(`oxlint said nothing: ${stderr}`));
    });
  });
