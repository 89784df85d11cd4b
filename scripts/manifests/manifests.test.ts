import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { publishedPackages } from '../installs/packed-packages.ts';
import { readmeIn } from '../installs/readme-programs.ts';
import { publishedMembers } from './published-members.ts';
import { FACTS, readmeFacts, type SizeLimit } from './readme-facts.ts';

const root = join(import.meta.dirname, '../..');
const { repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const packages = publishedPackages(root).map(({ folder, manifest }) => ({
  name: basename(folder),
  folder,
  manifest,
}));
const limits: readonly SizeLimit[] = JSON.parse(readFileSync(join(root, '.size-limit.json'), 'utf8'));

describe.each(packages)('the package.json of $name', ({ name, folder, manifest }) => {
  test('has the members that node scripts/write-manifests.ts writes', () => {
    expect(manifest).toMatchObject(publishedMembers(repository, name));
  });

  test('is that of a README which says where it runs and how large it is', () => {
    const [facts] = FACTS.exec(readmeIn(folder)) ?? [];
    expect(facts).toBe(readmeFacts(name, limits));
  });

  test('is found by its keywords, and published with provenance and a changelog', () => {
    expect(manifest.keywords.length).toBeGreaterThanOrEqual(5);
    expect(manifest.keywords).toContain('oauth');
    expect(manifest.publishConfig).toMatchObject({ access: 'public', provenance: true });
    expect(manifest.files).toContain('CHANGELOG.md');
  });
});

test('all published packages get the same version, while it is 0.x', () => {
  const { fixed } = JSON.parse(readFileSync(join(root, '.changeset/config.json'), 'utf8'));
  expect(fixed).toEqual([packages.map(({ manifest }) => manifest.name).toSorted()]);
});
