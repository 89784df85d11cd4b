import { readFileSync } from 'node:fs';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { vendors } from '../src/index.ts';
import { readHonest, readImpostors } from './names/read.ts';
import { table } from './table.ts';
import { falseAlarms, missed, rate, type Tally, total } from './tally.ts';

const impostors = readImpostors('impostors.tsv');
const honest = readHonest('honest.tsv');
const heldOutImpostors = readImpostors('impostors-held-out.tsv');
const heldOutHonest = readHonest('honest-held-out.tsv');

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

const report = (title: string, tallies: readonly Tally[]): string =>
  [
    table([
      [title, 'out', 'of'],
      ...[...tallies, total(tallies)].map(({ kind, of, out }) => [kind, `${out.length}`, `${of}`]),
    ]),
    ...total(tallies).out,
    '',
  ].join('\n');

const show = (text: string): boolean => process.stdout.write(`\n${text}\n`);

describe('of the names that imitate vendors', () => {
  const tallies = missed(impostors);

  test(cite('at most one in fifty gets through', 'vestibule:brand-protection:impostors'), () => {
    show(report('impostors', tallies));
    expect(impostors.length).toBeGreaterThanOrEqual(300);
    expect(rate(total(tallies))).toBeLessThanOrEqual(0.02);
  });

  test.each(tallies.map((tally) => [tally.kind, tally] as const))('at most one in ten of %s', (_, tally) => {
    expect(rate(tally)).toBeLessThanOrEqual(0.1);
  });

  test('at most one in twenty held-out imitations is accepted', () => {
    const heldOut = missed(heldOutImpostors);
    show(report('impostors, held out', heldOut));
    expect(heldOutImpostors.length).toBeGreaterThanOrEqual(60);
    expect(rate(total(heldOut))).toBeLessThanOrEqual(0.05);
  });
});

describe('of honest names', () => {
  const tallies = falseAlarms(honest);
  const [hard, easy] = [true, false].map((isHard) =>
    total(tallies.filter(({ kind }) => (kind === 'Latin, hard') === isHard)),
  );

  test(cite('at most one in a hundred is refused', 'vestibule:brand-protection:honest-names'), () => {
    show(report('honest names', tallies));
    expect(honest.length).toBeGreaterThanOrEqual(1_000);
    expect(tallies.length).toBeGreaterThanOrEqual(10);
    expect(rate(total(tallies))).toBeLessThanOrEqual(0.01);
  });

  test('none is refused that was not picked for being close to a vendor’s', () => {
    expect(easy?.out).toEqual([]);
    expect(hard === undefined ? 1 : rate(hard)).toBeLessThanOrEqual(0.04);
  });

  test('at most one in a hundred held-out honest names is refused', () => {
    const heldOut = falseAlarms(heldOutHonest);
    show(report('honest names, held out', heldOut));
    expect(heldOutHonest.length).toBeGreaterThanOrEqual(200);
    expect(rate(total(heldOut))).toBeLessThanOrEqual(0.01);
  });
});

describe('the measured names', () => {
  test.each([
    ['impostors', [...impostors, ...heldOutImpostors]],
    ['honest names', [...honest, ...heldOutHonest]],
  ])('%s are each listed once', (_, names) => {
    expect(new Set(names.map(({ name }) => name)).size).toBe(names.length);
  });

  test('impostors imitate vendors of the directory', () => {
    const known = new Set(vendors.map(({ name }) => name));
    expect([...impostors, ...heldOutImpostors].filter(({ vendor }) => !known.has(vendor))).toEqual([]);
  });

  test('include every kind of slip in the name of every vendor that is an ordinary word of six letters or more', () => {
    const slips = impostors.filter(({ kind }) => kind === 'edit');
    for (const { name, commonWords = [] } of vendors) {
      for (const word of commonWords.filter((one) => /^[a-z]{6,}$/i.test(one))) {
        const lengths = slips
          .filter(({ vendor, name: slip }) => vendor === name && isSlipOf(slip, word))
          .map(({ name: slip }) => slip.length - word.length);
        expect([word, new Set(lengths)]).toEqual([word, new Set([-1, 0, 1])]);
      }
    }
  });
});

/** Whether the first word is the second with one letter removed, replaced or added. */
const isSlipOf = (slip: string, word: string): boolean => {
  const [one, other] = [slip.toLowerCase(), word.toLowerCase()];
  const same = Array.from(other).findIndex((letter, index) => letter !== one[index]);
  const at = same === -1 ? other.length : same;
  return [0, 1].some((less) =>
    [0, 1].some((more) => one !== other && one.slice(at + more) === other.slice(at + less)),
  );
};

describe('the README', () => {
  const row = ({ kind, of, out }: Tally, isCaught: boolean): readonly string[] => [
    kind,
    `${isCaught ? of - out.length : out.length}`,
    `${of}`,
  ];
  const all = (tallies: readonly Tally[], heldOut: readonly Tally[]): readonly Tally[] => [
    ...tallies,
    total(tallies),
    { ...total(heldOut), kind: 'held out' },
  ];

  test('states how many imitations are caught, as measured', () => {
    const rows = all(missed(impostors), missed(heldOutImpostors)).map((tally) => row(tally, true));
    expect(readme).toContain(table([['impostors', 'caught', 'of'], ...rows]));
  });

  test('states how many honest names are refused, as measured', () => {
    const rows = all(falseAlarms(honest), falseAlarms(heldOutHonest)).map((tally) => row(tally, false));
    expect(readme).toContain(table([['honest names', 'refused', 'of'], ...rows]));
  });

  test('names every honest name that is refused', () => {
    for (const name of total(falseAlarms([...honest, ...heldOutHonest])).out) expect(readme).toContain(name);
  });
});
