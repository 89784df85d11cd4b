import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../testing/src/port.ts';
import { install, type PackageManagerName } from './package-manager.ts';
import type { InstallLine, ReadmeProgram } from './readme-programs.ts';
import { run } from './run.ts';

/** What every project in TypeScript on Node has. */
const TYPES_OF_NODE: InstallLine = { names: ['@types/node@24'], isDevelopment: true };

/** Where programs are compiled to, below the folder of a consumer. */
const COMPILED = 'compiled';

/** A folder in which a README was followed. */
export interface Consumer {
  /** Compiles the programs strictly, with the declarations of all packages and entries that they import. */
  compile(compiler: string): Promise<void>;
  /** Runs a compiled program, and returns what it printed. */
  run(program: ReadmeProgram, env: Readonly<Record<string, string>>): Promise<string>;
}

/** What a consumer does with a package. */
export interface ConsumerPlan {
  /** The install lines of its README. */
  readonly lines: readonly InstallLine[];
  /** The programs of its README. */
  readonly programs: readonly ReadmeProgram[];
  /** What can be imported from it, such as `@vestibule/http/node`: each has to have declarations that compile. */
  readonly entries: readonly string[];
}

/** Follows a README in the empty folder `folder`: installs, and saves the programs. */
export async function createConsumer(
  folder: string,
  manager: PackageManagerName,
  registry: string,
  { lines, programs, entries }: ConsumerPlan,
): Promise<Consumer> {
  mkdirSync(folder, { recursive: true });
  await install(manager, folder, registry, [...lines, TYPES_OF_NODE]);
  // The port that READMEs name may be in use here.
  const port = String(await freePort());
  for (const { index, code } of programs) {
    writeFileSync(join(folder, `program-${index}.ts`), code.replaceAll(/\b4000\b/g, port));
  }
  const imports = entries.map((path, index) => `export * as entry${index} from '${path}';\n`);
  writeFileSync(join(folder, 'entries.ts'), imports.join(''));
  return {
    async compile(compiler) {
      const files = programs.map(({ index }) => `program-${index}.ts`);
      const strict = ['--strict', '--skipLibCheck', 'false', '--types', 'node'];
      const modules = ['--module', 'nodenext', '--target', 'es2024', '--outDir', COMPILED];
      await run(folder, [compiler, ...strict, ...modules, 'entries.ts', ...files]);
    },
    run: ({ index }, env) => run(folder, [process.execPath, join(COMPILED, `program-${index}.js`)], env),
  };
}
