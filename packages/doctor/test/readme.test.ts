import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checks } from '../src/index.ts';

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

test('the README lists every check with its severity, its sentence and its specification', () => {
  const rows = [...README.matchAll(/^\| `([a-z.-]+)`\s*\| (\w+)\s*\| (.*?)\s*\| \[(.*?)\]\((.*?)\)\s*\|$/gm)];
  expect(rows.map(([, ...cells]) => cells)).toEqual(
    checks.map(({ id, severity, title, section }) => [id, severity, title, section.name, section.url]),
  );
});

test('the README names every option', () => {
  const options = [
    'as',
    'register',
    'only',
    'token',
    'resource',
    'json',
    'html',
    'sarif',
    'strict',
    'verbose',
  ];
  expect(options.filter((name) => !README.includes(`| \`--${name}`))).toEqual([]);
});

test('the ids of checks are unique', () => {
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
});
