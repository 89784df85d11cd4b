import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { harmless, harmlessJson } from '../src/output/harmless.ts';
import { painter } from '../src/output/paint.ts';
import { type Column, table } from '../src/output/table.ts';
import { openCli } from './support/test-cli.ts';

type Row = readonly string[];

const columns: readonly Column<Row>[] = [
  { title: 'id', cell: ([id = '']) => id },
  { title: 'name', cell: ([, name = '']) => name, atLeast: 6 },
  { title: 'about', cell: ([, , about = '']) => about, atLeast: 6, spare: 1 },
  { title: 'seen', cell: ([, , , seen = '']) => seen, spare: 2 },
];

const rows: readonly Row[] = [
  ['one', 'a long name', 'words about it', 'now'],
  ['two', '日本語', 'more', 'then'],
];

describe('a table', () => {
  test('is as wide as its content without a maximum width, measured in terminal columns', () => {
    expect(table({ columns, rows })).toBe(`id   name         about           seen
one  a long name  words about it  now
two  日本語       more            then`);
  });

  test('cuts the widest column first to fit the maximum width', () => {
    expect(table({ columns, rows, width: 30 })).toBe(`id   name      about      seen
one  a long …  words ab…  now
two  日本語    more       then`);
  });

  test('drops columns that can be spared and names them', () => {
    expect(table({ columns, rows, width: 20 })).toBe(`id   name    about
one  a lon…  words …
two  日本語  more

Columns that did not fit: seen. Use a wider terminal or --json.`);
    expect(table({ columns, rows, width: 12 })).toBe(`id   name
one  a long…
two  日本語

Columns that did not fit: about, seen. Use a wider terminal or --json.`);
  });

  test('never cuts a column without a minimum width, however narrow the terminal', () => {
    expect(table({ columns, rows, width: 5 })).toContain('one  a lon…');
  });

  test('keeps its columns aligned over many rows', () => {
    const many = Array.from({ length: 230 }, (_, index): Row => [`id-${index}`, 'x'.repeat(index % 9)]);
    const lines = table({ columns: columns.slice(0, 2), rows: many }).split('\n');
    expect(lines).toHaveLength(231);
    expect(new Set(lines.slice(1).map((line) => line.slice(6, 8).trim()))).toEqual(new Set(['']));
  });
});

/** Harmful text, and how it is printed. */
const TRICKS: readonly [text: string, printed: string][] = [
  ['\u001B[2J\u0007', '(U+001B)[2J(U+0007)'],
  ['a\nb\tc\rd', 'a(U+000A)b(U+0009)c(U+000D)d'],
  ['\u009B31m', '(U+009B)31m'],
  ['\u202Egnp.exe', '(U+202E)gnp.exe'],
  ['\u2066a\u2069', '(U+2066)a(U+2069)'],
  ['a\u200Bb\u00ADc\uFEFF', 'a(U+200B)b(U+00AD)c(U+FEFF)'],
  ['\u{E0041}', '(U+E0041)'],
  ['\u2028', '(U+2028)'],
  ['\uD800', '(U+D800)'],
  ['Möwe 🐦 日本語 مرحبا', 'Möwe 🐦 日本語 مرحبا'],
];

describe(cite('untrusted text', 'vestibule:command-line:strangers-text'), () => {
  test.each(TRICKS)('%j is printed as %j', (text, printed) => {
    expect(harmless(text)).toBe(printed);
  });

  test.each(TRICKS)('%j keeps its value in JSON and is harmless there', (text) => {
    const json = harmlessJson(JSON.stringify({ text }, null, 2));
    expect(JSON.parse(json)).toEqual({ text });
    expect(json.replaceAll('\n', '')).toBe(harmless(json.replaceAll('\n', '')));
  });

  test.each(TRICKS)('%j is harmless as the name of a client', async (name, printed) => {
    const { call, json, add } = await openCli();
    // A lone surrogate cannot be stored as UTF-8, and becomes a replacement character.
    const kept = name.isWellFormed() ? name : '\uFFFD';
    await add({
      id: 'dyn-a',
      name: kept,
      softwareId: kept,
      registration: { softwareStatement: kept },
      contacts: [kept],
    });
    for (const args of [['clients', 'list'], ['clients', 'show', 'dyn-a'], ['gates']]) {
      for (const width of [undefined, 40, 400]) {
        const env = { NO_COLOR: '1' };
        const { stdout } = await call(args, { env, ...(width !== undefined && { columns: width }) });
        expect(harmless(stdout.replaceAll('\n', ''))).toBe(stdout.replaceAll('\n', ''));
      }
    }
    expect((await call(['clients', 'show', 'dyn-a'])).stdout).toContain(kept === name ? printed : kept);
    expect(await json(['clients', 'show', 'dyn-a'])).toMatchObject({ name: kept });
  });
});

describe('color', () => {
  test.each([
    ['is used on a terminal', { isTTY: true }, {}, '\u001B[32mopen\u001B[39m'],
    ['is used with an empty NO_COLOR', { isTTY: true }, { NO_COLOR: '' }, '\u001B[32mopen\u001B[39m'],
    ['is not used with NO_COLOR', { isTTY: true }, { NO_COLOR: '1' }, 'open'],
    ['is not used in a file', {}, {}, 'open'],
  ])('%s', (_, output, env, painted) => {
    expect(painter({ env }, { ...output, write: () => undefined })('good', 'open')).toBe(painted);
  });

  test('is not used in JSON', async () => {
    const { call } = await openCli();
    const { stdout } = await call(['gates', '--json'], { columns: 80 });
    expect(stdout).not.toContain('\u001B');
    expect((await call(['gates'], { columns: 80 })).stdout).toContain('\u001B');
  });
});

test(
  cite('every command prints exactly one JSON document with --json', 'vestibule:command-line:json'),
  async () => {
    const { call, add } = await openCli();
    await add({ id: 'a' });
    const commands = [
      ['gates'],
      ['gates', 'close', 'realm'],
      ['clients', 'list'],
      ['clients', 'list', '--name', 'nobody'],
      ['clients', 'show', 'a'],
      ['clients', 'block', 'a'],
      ['clients', 'unblock', 'a'],
      ['clients', 'delete', 'a', '--yes'],
      ['tokens', 'list'],
      ['tokens', 'issue'],
      ['explain', '-'],
      ['sweep'],
    ];
    for (const args of commands) {
      for (const width of [undefined, 80]) {
        await add({ id: 'a' });
        const callOptions = { input: '{}', ...(width !== undefined && { columns: width }) };
        const { stdout } = await call([...args, '--json'], callOptions);
        expect(JSON.parse(stdout)).toBeTypeOf('object');
      }
    }
  },
);
