import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listeningPort, waitForPort } from './ports.ts';
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
  /** Starts a compiled program that listens, waits until it does, and returns how to end it. */
  start(program: ReadmeProgram): Promise<() => Promise<void>>;
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
  for (const { index, code } of programs) writeFileSync(join(folder, `program-${index}.ts`), code);
  const imports = entries.map((path, index) => `export * as entry${index} from '${path}';\n`);
  writeFileSync(join(folder, 'entries.ts'), imports.join(''));
  return {
    async compile(compiler) {
      const files = programs.map(({ index }) => `program-${index}.ts`);
      const strict = ['--strict', '--skipLibCheck', 'false', '--types', 'node'];
      const modules = ['--module', 'nodenext', '--target', 'es2024', '--outDir', COMPILED];
      await run(folder, [compiler, ...strict, ...modules, 'entries.ts', ...files]);
    },
    async start({ index, code }) {
      const file = join(COMPILED, `program-${index}.js`);
      const child = spawn(process.execPath, [file], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
      await waitForPort(listeningPort(code), () => child.exitCode === null);
      return async () => {
        const end = once(child, 'exit');
        child.kill();
        await end;
      };
    },
    run: ({ index }, env) => run(folder, [process.execPath, join(COMPILED, `program-${index}.js`)], env),
  };
}
