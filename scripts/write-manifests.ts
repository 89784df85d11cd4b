/**
 * Writes the members that are alike in every published package into each `package.json`: after a change of `repository` in the root
 * one, or of the runtimes that packages support.
 *
 *     node scripts/write-manifests.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publishedPackages } from './installs/packed-packages.ts';
import { publishedMembers } from './manifests/published-members.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

for (const { folder, manifest } of publishedPackages(root)) {
  const members = { ...manifest, ...publishedMembers(repository, basename(folder)) };
  // The usual order: what a package is, where it comes from, what it needs, what it has.
  const {
    name,
    version,
    description,
    keywords,
    license,
    repository: source,
    homepage,
    bugs,
    ...rest
  } = members;
  const ordered = {
    name,
    version,
    description,
    keywords,
    license,
    repository: source,
    homepage,
    bugs,
    ...rest,
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(ordered, undefined, 2)}\n`);
}
