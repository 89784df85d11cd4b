import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DEFAULT_REALM_SETTINGS } from '../src/realm/index.ts';

const source = ['settings', 'registration-settings', 'metadata-document-settings', 'server-limits']
  .map((name) => readFileSync(`${import.meta.dirname}/../src/realm/${name}.ts`, 'utf8'))
  .join('\n');

/** The settings that have a default, by name, without those that can be absent. */
const documented = [...source.matchAll(/\/\*\*((?:(?!\*\/)[^])*)\*\/\s*readonly (\w+):/g)].flatMap(
  ([, comment = '', name = '']): [string, unknown][] => {
    const [, value] = /@default ("[^"]*"|\[.*\]|true|false|\d+)/.exec(comment) ?? [];
    return value === undefined ? [] : [[name, JSON.parse(value)]];
  },
);

const isGroup = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const settingsOf = (group: object): [string, unknown][] =>
  Object.entries(group).flatMap(([name, value]): [string, unknown][] =>
    isGroup(value) ? settingsOf(value) : [[name, value]],
  );

/** Settings of several groups may have one name, whatever their order. */
const defaults = Map.groupBy(settingsOf(DEFAULT_REALM_SETTINGS), ([name]) => name);

test.each([...defaults])('the default of the setting %s is documented: %j', (name, values) => {
  const inOrder = (list: readonly unknown[]) => list.map((one) => JSON.stringify(one)).toSorted();
  expect(inOrder(documented.filter(([one]) => one === name))).toEqual(inOrder(values));
});
