import { defineConfig } from 'tsup';

type Config = ReturnType<typeof defineConfig>;

/**
 * How every package here is bundled: ESM, one file for each entry of its `exports`, nothing inlined from
 * `node_modules`. Declarations come from `tsc` (`tsconfig.build.json`), because tsup's own need a compiler API
 * that TypeScript 7 no longer has.
 *
 * @param entry output name → source file, as in `exports`
 */
export function libraryConfig(entry: Record<string, string>): Config {
  return defineConfig({
    entry,
    format: 'esm',
    target: 'es2024',
    platform: 'neutral',
    outDir: 'dist',
    clean: true,
    dts: false,
    sourcemap: true,
    splitting: true,
    treeshake: true,
    // `node:crypto` and not `crypto`: Deno and workerd know the modules of Node by these names only.
    removeNodeProtocol: false,
    external: [/^[^./]/],
    esbuildOptions(options) {
      options.define = {
        'URL.parse': 'parseUrl',
        'Map.groupBy': 'groupByInMap',
        'Object.groupBy': 'groupByInObject',
      };
      // Relative to the folder of the package.
      options.inject = ['../../scripts/build/newer-than-node-20.ts'];
    },
  });
}
