import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Attack, readAttacks, ROOT } from './support/defences.ts';

const attacks = (await readAttacks())
  .filter(({ name }) => name !== 'every-attack.test.ts')
  .map((attack): [string, Attack] => [attack.name, attack]);

describe.each(attacks)('%s', (_, { sources, defences }) => {
  test('says where it is from', () => {
    expect(sources).not.toEqual([]);
  });

  test('says which defences it is held against, and each is where it says', async () => {
    expect(defences).not.toEqual([]);
    for (const { cuts, fails } of defences) {
      expect([fails, cuts]).not.toEqual([fails, []]);
      for (const { file, from } of cuts) {
        const text = await readFile(join(ROOT, file), 'utf8');
        expect([file, from, text.includes(from)]).toEqual([file, from, true]);
      }
    }
  });
});
