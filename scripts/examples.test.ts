import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const examples = readdirSync(new URL('examples', root), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

test.each(examples)('the page about examples names %s', (name) => {
  expect(read('apps/docs/examples.md')).toContain(`](../../examples/${name})`);
});

test.each(examples)('the README of the example %s is short', (name) => {
  expect(read(`examples/${name}/README.md`).split('\n').length).toBeLessThan(35);
});
