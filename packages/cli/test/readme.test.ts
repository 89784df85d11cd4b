import type { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createProgram, processContext } from '../src/index.ts';

/** The paths of all subcommands of a command. */
const pathsOf = (command: Command, above: readonly string[] = []): readonly string[] =>
  command.commands.flatMap((one) => {
    const path = [...above, one.name()];
    return [path.join(' '), ...pathsOf(one, path)];
  });

const program = createProgram(processContext());

/** The inline code of a page, such as `gates open …`. */
const codeIn = (page: string): readonly string[] =>
  [...readFileSync(new URL(page, import.meta.url), 'utf8').matchAll(/`([^`\n]+)`/g)].map(
    ([, code = '']) => code,
  );

const isNamed = (code: readonly string[], path: string): boolean =>
  code.some((one) => one === path || one.startsWith(`${path} `));

test('the README lists every command', () => {
  const code = codeIn('../README.md');
  expect(pathsOf(program).filter((path) => !isNamed(code, path))).toEqual([]);
});

test('the README of the reference app names every top-level command', () => {
  const code = codeIn('../../../apps/reference/README.md').map((one) => one.replace(/^vestibule /, ''));
  const names = [...program.commands.map((one) => one.name()), 'start', 'demo'];
  expect(names.filter((name) => !isNamed(code, name))).toEqual([]);
});
