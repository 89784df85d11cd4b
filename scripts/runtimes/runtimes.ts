import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../installs/run.ts';

/** A JavaScript runtime that npm brings. */
export interface Runtime {
  /** Prepares a folder with installed packages, for example by installing the runtime there. */
  prepare?(folder: string): Promise<void>;
  /** Runs the module `file` of the folder, and returns what it printed. */
  execute(folder: string, file: string): Promise<string>;
}

/** A runtime that is a command. */
const command = (...words: readonly string[]): Runtime => ({
  execute: (folder, file) => run(folder, [...words, file]),
});

const nodeOf = (version: string): Runtime => command('npx', '-y', `--package=node@${version}`, 'node');

/** The oldest supported and the current releases of Node, and the other runtimes. */
export const RUNTIMES: Readonly<Record<string, Runtime>> = {
  'node 20.19': nodeOf('20.19'),
  'node 22.18': nodeOf('22.18'),
  'node 24': nodeOf('24'),
  bun: command('npx', '-y', 'bun@1'),
  deno: command('npx', '-y', 'deno@2', 'run', '--allow-all', '--node-modules-dir=manual'),
  workerd: {
    async prepare(folder) {
      await run(folder, ['npm', 'install', '--no-audit', '--no-fund', 'miniflare@4', 'esbuild@0.28']);
      writeFileSync(join(folder, 'run-worker.mjs'), RUN_WORKER);
    },
    execute: (folder, file) => run(folder, [process.execPath, 'run-worker.mjs', file]),
  },
};

/**
 * Runs a module as a Cloudflare Worker. A Worker may not wait, read the time or generate random values before its first request, so
 * what follows the imports runs in a request. The bundle may have the messages of zod in English only.
 */
const RUN_WORKER = String.raw`
import { build } from 'esbuild';
import { Miniflare } from 'miniflare';
import { readFileSync } from 'node:fs';

const source = readFileSync(process.argv[2], 'utf8');
const imports = source.match(/^import [^;]*;$/gm)?.join('\n') ?? '';
const rest = source.replace(/^import [^;]*;$/gm, '').replace(/^export (?:\{\};)?/gm, '');
const worker = imports + '\nconst lines = [];\nconst console = { log: (...values) => void lines.push(values.join(" ")), error() {} };\n' +
  'export default { async fetch() {\n' + rest + '\nreturn new Response(lines.join("\\n")); } };';
const { outputFiles, metafile } = await build({
  stdin: { contents: worker, resolveDir: process.cwd() },
  bundle: true, write: false, minify: true, metafile: true, format: 'esm', target: 'es2024', conditions: ['workerd', 'worker'], external: ['node:*'],
  legalComments: 'none', logLevel: 'error',
});
const parts = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs));
const locales = parts.filter(([path, { bytesInOutput }]) => /zod.*\/locales\/(?!en\.)/.test(path) && bytesInOutput > 0);
if (locales.length > 0) throw new Error('The bundle has messages of zod in other languages: ' + locales.map(([path]) => path));
const miniflare = new Miniflare({
  modules: [{ type: 'ESModule', path: 'worker.mjs', contents: outputFiles[0].text }], compatibilityDate: '2026-07-01', compatibilityFlags: ['nodejs_compat'],
});
try {
  const response = await miniflare.dispatchFetch('https://worker.example/');
  process.stdout.write((await response.text()) + '\n');
} finally {
  await miniflare.dispose();
}
`;
