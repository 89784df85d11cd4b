import { globSync, readFileSync } from 'node:fs';
import { VARIABLES, withSecretFiles } from '@vestibule/node/environment';
import { parseSync, Visitor } from 'oxc-parser';
import { expect, test } from 'vitest';
import { ROOT } from '../source/paths.ts';
import { environmentPage, IN_FILES } from './environment-page.ts';

const { text } = environmentPage();

/** What the operating system and package managers set. */
const OF_THE_SYSTEM: ReadonlySet<string> = new Set(['SystemRoot', 'npm_config_user_agent']);

/** The variables that sources read by name: `env['NO_COLOR']`. */
const read = globSync('{packages/*,apps/reference}/src/**/*.ts', { cwd: ROOT })
  .filter((file) => !file.endsWith('.test.ts') && !file.startsWith('packages/testing/'))
  .flatMap((file) => {
    const names: string[] = [];
    new Visitor({
      MemberExpression: ({ object, property }) => {
        const isEnv =
          (object.type === 'Identifier' && object.name === 'env') ||
          (object.type === 'MemberExpression' &&
            object.property.type === 'Identifier' &&
            object.property.name === 'env');
        const name = isEnv && property.type === 'Literal' ? property.value : undefined;
        if (typeof name === 'string') names.push(name);
      },
    }).visit(parseSync(file, readFileSync(`${ROOT}${file}`, 'utf8')).program);
    return names;
  });

test.each(Object.entries(VARIABLES))('%s has one section', (name, { meaning, byDefault }) => {
  expect(text.split(`### \`${name}\`\n`)).toHaveLength(2);
  expect(meaning).toMatch(/^[A-Z][^]*\.$/);
  expect(byDefault).toMatch(/^(?:[A-Z`])[^]*[.`]$/);
});

test('every variable that the code reads by name is on the page', () => {
  expect(read).toEqual(expect.arrayContaining(['NO_COLOR', 'ISSUER']));
  const missing = new Set(read.filter((name) => !OF_THE_SYSTEM.has(name) && !text.includes(`\`${name}\``)));
  expect([...missing]).toEqual([]);
});

test('every variable that can be in a file is on the page', () => {
  const inFiles = Object.keys(VARIABLES).filter((name) => {
    try {
      // A folder is no file with a secret.
      withSecretFiles({ [`${name}_FILE`]: ROOT });
      return false;
    } catch {
      return true;
    }
  });
  expect(inFiles.toSorted()).toEqual(IN_FILES.toSorted());
  for (const name of inFiles) expect(text).toContain(`\`${name}_FILE\``);
});
