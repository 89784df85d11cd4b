/**
 * Writes the members that are alike in every published package into each `package.json`, and the line about runtimes and size into
 * each README: after a change of `repository` in the root `package.json`, of `.size-limit.json`, or of the runtimes that packages
 * support.
 *
 *     node scripts/write-manifests.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publishedPackages } from './installs/packed-packages.ts';
import { readmeIn } from './installs/readme-programs.ts';
import { publishedMembers } from './manifests/published-members.ts';
import { FACTS, readmeFacts, type SizeLimit } from './manifests/readme-facts.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const limits: readonly SizeLimit[] = JSON.parse(readFileSync(join(root, '.size-limit.json'), 'utf8'));

/** Where the line is put in a README that has none: below the install line. */
const END_OF_FIRST_BLOCK = /^```\n/m;

/** What a package is, and where it comes from. What it needs and has follows as it stands. */
const FIRST = ['name', 'version', 'description', 'keywords', 'license', 'repository', 'homepage', 'bugs'];

const inUsualOrder = (members: object): object => ({
  ...Object.fromEntries(FIRST.map((name) => [name, undefined])),
  ...members,
});

for (const { folder, manifest } of publishedPackages(root)) {
  const members = { ...manifest, ...publishedMembers(repository, basename(folder)) };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(inUsualOrder(members), undefined, 2)}\n`);

  const readme = readmeIn(folder);
  const facts = readmeFacts(basename(folder), limits);
  const place = FACTS.test(readme) ? FACTS : END_OF_FIRST_BLOCK;
  const text = readme.replace(place, (found) => (FACTS.test(found) ? facts : `${found}\n${facts}\n`));
  writeFileSync(join(folder, 'README.md'), text);
}
