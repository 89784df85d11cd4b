import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readResults } from '../src/commands/stored-results.ts';
import { costsFrom } from '../src/model/costs.ts';
import { DEFAULT_CAPACITY, DEFAULT_DEMAND } from '../src/model/demand.ts';
import { MEASURED_SIZES, SIGN_IN_US } from '../src/model/plan.ts';
import { renderPlan } from '../src/model/render-plan.ts';
import { replaceSection } from '../src/report/page-section.ts';

test('the page on scaling has the tables that the model computes from the stored run', () => {
  const page = readFileSync(new URL('../../docs/scaling.md', import.meta.url), 'utf8');
  const stored = readResults(fileURLToPath(new URL('../results/postgres.json', import.meta.url)));
  const found = costsFrom(stored, 'vestibule-postgres');
  if (!found.ok) throw new Error(`The stored run has no ${found.missing.join(', ')}.`);
  const text = renderPlan({
    demand: DEFAULT_DEMAND,
    capacity: DEFAULT_CAPACITY,
    costs: found.costs,
    sizes: MEASURED_SIZES,
    signInUs: SIGN_IN_US,
  });
  expect(replaceSection(page, text)).toBe(page);
});

test('a page without a marked section is not changed', () => {
  expect(replaceSection('# A page\n', 'tables')).toBeUndefined();
});
