import { describe, expect, test } from 'vitest';
import { collectCitations } from '../src/citations/collect.ts';

const IMPORTS = `
  import { describe, expect, it, test } from 'vitest';
  import { cite } from '@vestibule/requirements';
`;
const ID = 'rfc7591:3.2.1:created';
const CITED = `cite('a title', '${ID}')`;

/** What a test file cites, with the files that stand beside it. */
function collect(text: string, others: Readonly<Record<string, string>> = {}) {
  const files: Readonly<Record<string, string>> = { ...others, '/a.test.ts': IMPORTS + text };
  const { cited, problems } = collectCitations(['/a.test.ts'], (file) => files[file]);
  return { cited: [...cited.keys()], problems };
}

describe('counts in', () => {
  test.each([
    ['the title of a test', `test(${CITED}, () => {});`],
    ['the title of an it', `it(${CITED}, () => {});`],
    ['a test under another name', `import { test as check } from 'vitest'; check(${CITED}, () => {});`],
    [
      'a cite under another name',
      `import { cite as c } from '@vestibule/requirements'; test(c('x', '${ID}'), run);`,
    ],
    ['a title with a test elsewhere', `test(${CITED}, run);`],
    ['a title in a template', `test(\`\${${CITED}} and more\`, () => {});`],
    ['an id in backticks', `test(cite('a title', \`${ID}\`), () => {});`],
    ['a test with a time', `test(${CITED}, { timeout: 5 }, () => {});`],
    ['a test that skips nothing', `test(${CITED}, { skip: false }, () => {});`],
    ['tests side by side', `test.concurrent(${CITED}, async () => {});`],
    ['the title of a table', `test.each([[1]])(${CITED}, () => {});`],
    ['a row of a table', `test.each([[${CITED}, 1]])('%s', () => {});`],
    ['a typed table', `test.each<[string]>([[${CITED}] as const])('%s', () => {});`],
    ['a table of objects', `test.for([{ title: ${CITED} }])('$title', () => {});`],
    ['a table with a name', `const table = [[${CITED}]]; test.each(table)('%s', () => {});`],
    ['a table that is made', `const rows = (t: string) => [[t]]; test.each(rows(${CITED}))('%s', () => {});`],
    ['a table in pieces', `const a = [${CITED}]; const b = { a }; test.each([...b.a])('%s', () => {});`],
    [
      'a table made by a function',
      `function rows() { return [[${CITED}]]; } test.each(rows())('%s', () => {});`,
    ],
    [
      'a table below',
      `describe('a', () => { test.each(rows)('%s', () => {}); const rows = [[${CITED}]]; });`,
    ],
    ['a loop', `for (const [title] of [[${CITED}]]) test(title, () => {});`],
    ['a title with a name', `const title = ${CITED}; test(title, () => {});`],
    ['a group', `describe(${CITED}, () => { test('a', () => {}); });`],
    ['a group of which a part runs', `describe(${CITED}, () => { test.skip('a', run); test('b', run); });`],
    ['a group with a table', `describe.each([[${CITED}]])('%s', () => { test('a', () => {}); });`],
    ['a test in a group', `describe('a', () => { describe('b', () => { test(${CITED}, () => {}); }); });`],
    ['tests that a function tells of', `function suite() { test(${CITED}, () => {}); } suite();`],
  ])('%s', (_, text) => {
    expect(collect(text)).toEqual({ cited: [ID], problems: [] });
  });

  test('a table of another file', () => {
    const others = {
      '/tables.ts': `import { cite } from '@vestibule/requirements'; const rows = [[${CITED}]]; export { rows as all };`,
      '/more.ts': `export { all as table } from './tables.ts';`,
    };
    expect(collect(`import { table } from './more.ts'; test.each(table)('%s', run);`, others).cited).toEqual([
      ID,
    ]);
  });

  test('tests of another file, where it is called', () => {
    const others = { '/suite.ts': `${IMPORTS} export const suite = () => { test(${CITED}, () => {}); };` };
    expect(collect(`import { suite } from './suite.ts'; suite();`, others).cited).toEqual([ID]);
    expect(collect(`import { suite } from './suite.ts';`, others).cited).toEqual([]);
  });
});

describe('does not count in', () => {
  test.each([
    ['a comment', `// test(${CITED}, () => {});`],
    ['a longer comment', `/* test(${CITED}, () => {}); */`],
    ['a text', `test('test(${CITED.replaceAll("'", '"')}, run)', () => {});`],
    ['a text in backticks', `test(\`test(${CITED}, run)\`, () => {});`],
    ['a pattern', `test(String(/cite('a title', '${ID}')/), () => {});`],
    ['a skipped test', `test.skip(${CITED}, () => {});`],
    ['a test that is to be written', `test.todo(${CITED});`],
    ['a test that is to fail', `test.fails(${CITED}, () => {});`],
    ['a test without a body', `test(${CITED});`],
    ['a test that may be skipped', `test.skipIf(process.env['CI'])(${CITED}, () => {});`],
    ['a test that may run', `test.runIf(true)(${CITED}, () => {});`],
    ['a test with the option', `test(${CITED}, { skip: true }, () => {});`],
    ['a test with the option in quotes', `test(${CITED}, { 'todo': true }, () => {});`],
    ['a test with an option that nobody knows', `test(${CITED}, { fails: isBad }, () => {});`],
    ['a test that calls itself off', `test(${CITED}, ({ skip }) => { skip(); });`],
    [
      'a test that does so by its context',
      `test(${CITED}, async (context) => { if (bad) context.skip(); });`,
    ],
    ['a test in a way that nobody knows', `test.maybe(${CITED}, () => {});`],
    ['a skipped table', `test.skip.each([[${CITED}]])('%s', () => {});`],
    ['a table of a skipped test', `const table = [[${CITED}]]; test.skip.each(table)('%s', () => {});`],
    [
      'a table that nobody uses',
      `const table = [[${CITED}]]; test('a', () => { expect(table).toHaveLength(1); });`,
    ],
    [
      'a table of the same name',
      `describe('a', () => { const t = [[${CITED}]]; test.skip.each(t)('%s', run); });
       describe('b', () => { const t = [['b']]; test.each(t)('%s', run); });`,
    ],
    ['a skipped group', `describe.skip(${CITED}, () => { test('a', () => {}); });`],
    ['a test in a skipped group', `describe.skip('a', () => { test(${CITED}, () => {}); });`],
    [
      'a test in a group that is to be written',
      `describe('a', { todo: true }, () => { test(${CITED}, run); });`,
    ],
    ['a group of skipped tests', `describe(${CITED}, () => { test.skip('a', run); test.todo('b'); });`],
    ['the body of a test', `test('a', () => { ${CITED}; });`],
    ['no test at all', `${CITED};`],
    ['a test of somebody else', `import { test as other } from 'elsewhere'; other(${CITED}, () => {});`],
    [
      'a test that is chosen',
      `const maybe = process.env['CI'] ? test : test.skip; maybe(${CITED}, () => {});`,
    ],
    [
      'a cite of somebody else',
      `import { cite as other } from './x.ts'; test(other('a', '${ID}'), () => {});`,
    ],
    ['a cite of one’s own', `describe('a', () => { const cite = String; test(${CITED}, () => {}); });`],
    ['tests of a function that nobody calls', `function suite() { test(${CITED}, () => {}); }`],
  ])('%s', (_, text) => {
    expect(collect(text)).toEqual({ cited: [], problems: [] });
  });
});

test('of many ids in many files, each is found, with where it is', () => {
  const files: Readonly<Record<string, string>> = {
    '/a.test.ts': `${IMPORTS} test(cite('a', '${ID}', 'rfc7591:3:methods'), () => {});`,
    '/b.test.ts': `${IMPORTS} test(cite('b', '${ID}'), () => {}); test.skip(cite('c', 'rfc7591:2:jwks'), run);`,
  };
  const { cited } = collectCitations(Object.keys(files), (file) => files[file]);
  expect(cited).toEqual(
    new Map([
      [ID, new Set(['/a.test.ts', '/b.test.ts'])],
      ['rfc7591:3:methods', new Set(['/a.test.ts'])],
    ]),
  );
});

describe('says what is wrong with', () => {
  test.each([
    [
      'an id that there is not',
      `test(cite('a', 'rfc7591:9:x'), run);`,
      'cites rfc7591:9:x, which is no requirement',
    ],
    [
      'an id that is made',
      `test(cite('a', id), run);`,
      'cites an id that is not written out; write it there',
    ],
    ['ids in a list', `test(cite('a', ...ids), run);`, 'cites an id that is not written out; write it there'],
    ['a file that is broken', `test(`, 'is no TypeScript'],
  ])('%s', (_, text, problem) => {
    const { problems } = collect(text);
    expect(problems).toEqual([expect.stringContaining(`/a.test.ts ${problem}`)]);
  });
});
