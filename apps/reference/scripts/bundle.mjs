/**
 * Bundles the app with all packages that it uses into a few files in `dist`, or in the folder that the argument names. A
 * start then reads twenty files instead of a thousand; what only some commands need is in files of its own. Plain
 * JavaScript, because it runs while packages are installed, on any Node.
 */
import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { billOfMaterials, licenseTexts, thirdPartyPackages } from './bill-of-materials.mjs';
import { EXTERNAL, manifestIn } from './external-packages.mjs';

const app = fileURLToPath(new URL('..', import.meta.url));
const root = resolve(app, '../..');
const dist = resolve(process.argv[2] ?? join(app, 'dist'));
const views = resolve(root, 'packages/consent-ui/views');
const manifest = resolve(root, 'packages/cli/package.json');

/** Express loads this to parse bodies, with every character set there is. The app reads bodies itself. */
const withoutBodyParser = {
  name: 'without-body-parser',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^body-parser$/ }, ({ path }) => ({ path, namespace: 'left-out' }));
    onLoad({ filter: /^body-parser$/, namespace: 'left-out' }, () => ({ contents: 'module.exports = {};' }));
  },
};

const esbuild = await import('esbuild').catch(() => undefined);
if (esbuild === undefined) {
  process.stderr.write(
    'esbuild, a development dependency, is not installed, so the app will run from its sources.\n',
  );
  process.exit(0);
}

/**
 * Takes the modules of Node without a copy of what they export: the copy of `node:http` would load `fetch`, which takes as long
 * as everything else that Node loads.
 */
const builtInsAsTheyAre = {
  name: 'built-ins-as-they-are',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:https?$/ }, ({ path, kind }) =>
      kind === 'import-statement' ? { path, namespace: 'built-in' } : undefined,
    );
    onLoad({ filter: /^node:/, namespace: 'built-in' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('${path}');`,
    }));
  },
};

rmSync(dist, { recursive: true, force: true });
const { metafile } = await esbuild.build({
  absWorkingDir: app,
  entryPoints: {
    main: 'src/main.ts',
    // SQLite starts its threads from files beside its code.
    'write-thread': '../../packages/sqlite/src/database/write-thread.ts',
    'background-thread': '../../packages/sqlite/src/database/background-thread.ts',
  },
  outdir: join(dist, 'app'),
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22.18',
  // Names and lines stay as they are, so that stack traces can be read.
  minifySyntax: true,
  external: [...EXTERNAL, 'pg-native'],
  plugins: [withoutBodyParser, builtInsAsTheyAre],
  banner: {
    js: `import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);`,
  },
  metafile: true,
  logLevel: 'warning',
});

// What code reads beside its package.
cpSync(views, resolve(dist, 'views'), { recursive: true });
cpSync(manifest, resolve(dist, 'package.json'));

// What is in the bundle: for scanners, and as licenses require for copies.
const packages = thirdPartyPackages(Object.keys(metafile.inputs).map((path) => resolve(app, path)));
writeFileSync(
  resolve(dist, 'bill-of-materials.cdx.json'),
  `${JSON.stringify(billOfMaterials(manifestIn(app), packages), undefined, 2)}\n`,
);
writeFileSync(resolve(dist, 'third-party-licenses.txt'), licenseTexts(packages));

// `bin/is-built.mjs` compares these files with the ones that it finds.
const bundled = Object.keys(metafile.inputs)
  .filter((path) => !path.includes('node_modules') && !/^(?:left-out|built-in):/.test(path))
  .map((path) => resolve(app, path));
const copied = readdirSync(views).map((name) => resolve(views, name));
const scripts = ['bundle', 'bill-of-materials', 'external-packages'].map((name) =>
  join(app, `scripts/${name}.mjs`),
);
const others = [manifest, resolve(root, 'pnpm-lock.yaml'), ...scripts];
const sources = [...bundled, ...copied, ...others].map((path) => [
  relative(root, path).split(sep).join('/'),
  statSync(path).mtimeMs,
  createHash('sha256').update(readFileSync(path)).digest('hex'),
]);
writeFileSync(resolve(dist, 'sources.json'), JSON.stringify(sources));
