import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const APP = new URL('../../../reference/', import.meta.url);

/** The command line of the reference app. It runs the bundle if that is newer than the sources. */
export const APP_BIN = fileURLToPath(new URL('bin/vestibule.mjs', APP));

/** Bundles the reference app, so that what is measured is what `start` runs after an installation. */
export function buildApp(): void {
  const bundle = fileURLToPath(new URL('scripts/bundle.mjs', APP));
  const { status } = spawnSync(process.execPath, [bundle], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) {
    throw new Error(`The reference app could not be bundled: ${bundle} ended with ${status}.`);
  }
}

/** The commit that is checked out, and whether files differ from it. */
export function describeCheckout(): string {
  const git = (...args: readonly string[]): string =>
    spawnSync('git', args, { cwd: fileURLToPath(APP), encoding: 'utf8' }).stdout?.trim() ?? '';
  const commit = git('rev-parse', '--short', 'HEAD');
  if (commit === '') return 'this checkout';
  return git('status', '--porcelain', '.', '../../packages') === ''
    ? `commit ${commit}`
    : `commit ${commit} with changes`;
}
