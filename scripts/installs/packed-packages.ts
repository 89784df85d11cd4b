import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The members of a `package.json` that the checks read. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly license: string;
  /** Not published. */
  readonly private?: boolean;
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string>>;
  readonly files: readonly string[];
  readonly engines: Readonly<Record<string, string>>;
  readonly publishConfig: { readonly exports: Readonly<Record<string, { readonly default: string }>> };
}

/** A package of this repository that is published. */
export interface PublishedPackage {
  /** Its folder. */
  readonly folder: string;
  readonly manifest: Manifest;
}

/** A published package, as the registry would have it. */
export interface PackedPackage extends PublishedPackage {
  readonly tarball: string;
  /** The `package.json` inside the tarball. */
  readonly packed: { readonly name: string; readonly version: string };
  /** The subresource integrity of the tarball. */
  readonly integrity: string;
}

/** Lists the published packages of the repository at `root`. */
export function publishedPackages(root: string): readonly PublishedPackage[] {
  return (
    readdirSync(join(root, 'packages'))
      .map((name) => join(root, 'packages', name))
      // A package that was removed leaves its `node_modules` in working copies.
      .filter((folder) => existsSync(join(folder, 'package.json')))
      .map((folder): PublishedPackage => ({
        folder,
        manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
      }))
      .filter(({ manifest }) => !manifest.private)
  );
}

/** Packs each package with pnpm into a tarball in `destination`. The packages have to be built. */
export function packPackages(
  packages: readonly PublishedPackage[],
  destination: string,
): readonly PackedPackage[] {
  return packages.map(({ folder, manifest }) => {
    execFileSync('pnpm', ['pack', '--pack-destination', destination], { cwd: folder, stdio: 'pipe' });
    const file = `${manifest.name.replace('@', '').replace('/', '-')}-${manifest.version}.tgz`;
    const tarball = join(destination, file);
    const text = execFileSync('tar', ['-xOzf', tarball, 'package/package.json'], { encoding: 'utf8' });
    const integrity = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
    return { folder, manifest, tarball, packed: JSON.parse(text), integrity };
  });
}
