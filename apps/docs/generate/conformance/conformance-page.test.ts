import { requirements } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { citations } from './citations.ts';
import { conformancePage } from './conformance-page.ts';

test('every requirement is on the page once, with at least one test', () => {
  const { text } = conformancePage();
  const counts = citations();
  for (const id of Object.keys(requirements)) {
    expect([id, text.split(` \`${id}\` | ${counts.get(id)} |`).length]).toEqual([id, 2]);
  }
});
