import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { harmless, harmlessJson } from '../src/output/harmless.ts';
import { painter } from '../src/output/paint.ts';
import { type Column, table } from '../src/output/table.ts';
import { openOffice } from './support/office.ts';

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
  test('is as wide as it likes where nobody looks, in places of a terminal', () => {
    expect(table({ columns, rows })).toBe(`id   name         about           seen
one  a long name  words about it  now
two  日本語       more            then`);
  });

  test('cuts what may be cut, the widest first, where somebody looks', () => {
    expect(table({ columns, rows, width: 30 })).toBe(`id   name      about      seen
one  a long …  words ab…  now
two  日本語    more       then`);
  });

  test('leaves out what can be spared, and says so', () => {
    expect(table({ columns, rows, width: 20 })).toBe(`id   name    about
one  a lon…  words …
two  日本語  more

No room for: seen. A wider terminal has it, and so has --json.`);
    expect(table({ columns, rows, width: 12 })).toBe(`id   name
one  a long…
two  日本語

No room for: about, seen. A wider terminal has it, and so has --json.`);
  });

  test('never cuts what must be whole, however narrow the terminal', () => {
    expect(table({ columns, rows, width: 5 })).toContain('one  a lon…');
  });

  test('stays in its columns over many rows', () => {
    const many = Array.from({ length: 230 }, (_, index): Row => [`id-${index}`, 'x'.repeat(index % 9)]);
    const lines = table({ columns: columns.slice(0, 2), rows: many }).split('\n');
    expect(lines).toHaveLength(231);
    expect(new Set(lines.slice(1).map((line) => line.slice(6, 8).trim()))).toEqual(new Set(['']));
  });
});

/** What strangers may try, and how it is shown. */
const TRICKS: readonly [text: string, shown: string][] = [
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

describe(cite('text of strangers', 'vestibule:command-line:strangers-text'), () => {
  test.each(TRICKS)('%j is shown as %j', (text, shown) => {
    expect(harmless(text)).toBe(shown);
  });

  test.each(TRICKS)('%j means the same in JSON, and is as harmless', (text) => {
    const json = harmlessJson(JSON.stringify({ text }, null, 2));
    expect(JSON.parse(json)).toEqual({ text });
    expect(json.replaceAll('\n', '')).toBe(harmless(json.replaceAll('\n', '')));
  });

  test.each(TRICKS)('%j does no harm as the name of a client', async (name, shown) => {
    const { call, json, add } = await openOffice();
    // A half of a character cannot be kept as UTF-8, and becomes a replacement character.
    const kept = name.isWellFormed() ? name : '\uFFFD';
    await add({ id: 'dyn-a', name: kept, softwareId: kept, softwareStatement: kept, contacts: [kept] });
    for (const args of [['clients', 'list'], ['clients', 'show', 'dyn-a'], ['gates']]) {
      for (const width of [undefined, 40, 400]) {
        const env = { NO_COLOR: '1' };
        const { stdout } = await call(args, { env, ...(width !== undefined && { columns: width }) });
        expect(harmless(stdout.replaceAll('\n', ''))).toBe(stdout.replaceAll('\n', ''));
      }
    }
    expect((await call(['clients', 'show', 'dyn-a'])).stdout).toContain(kept === name ? shown : kept);
    expect(await json(['clients', 'show', 'dyn-a'])).toMatchObject({ name: kept });
  });
});

describe('colour', () => {
  test.each([
    ['on a terminal', { isTTY: true }, {}, '\u001B[32mopen\u001B[39m'],
    ['despite an empty NO_COLOR', { isTTY: true }, { NO_COLOR: '' }, '\u001B[32mopen\u001B[39m'],
    ['not with NO_COLOR', { isTTY: true }, { NO_COLOR: '1' }, 'open'],
    ['not in a file', {}, {}, 'open'],
  ])('%s', (_, screen, env, painted) => {
    expect(painter({ env }, { ...screen, write: () => undefined })('good', 'open')).toBe(painted);
  });

  test('is nowhere in JSON', async () => {
    const { call } = await openOffice();
    const { stdout } = await call(['gates', '--json'], { columns: 80 });
    expect(stdout).not.toContain('\u001B');
    expect((await call(['gates'], { columns: 80 })).stdout).toContain('\u001B');
  });
});

test(
  cite('--json makes standard output one document, whatever the command', 'vestibule:command-line:json'),
  async () => {
    const { call, add } = await openOffice();
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
        const circumstances = { input: '{}', ...(width !== undefined && { columns: width }) };
        const { stdout } = await call([...args, '--json'], circumstances);
        expect(JSON.parse(stdout)).toBeTypeOf('object');
      }
    }
  },
);
