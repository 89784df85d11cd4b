import { expect, test } from 'vitest';
import { slice } from '../../test/slices.ts';
import { runOf } from '../../test/runs.ts';
import { drawChart, panelsOf } from './chart.ts';

test('a chart has a panel for each operation, with the fastest target first', () => {
  const run = runOf([
    slice({ target: 'bare-express' }),
    slice({ target: 'vestibule', perSecond: 300 }),
    slice({ target: 'mcp-sdk', perSecond: 500 }),
    slice({ target: 'bare-express', operation: 'refresh' }),
    slice({ target: 'vestibule', operation: 'refresh', perSecond: 200 }),
  ]);
  const panels = panelsOf(run);
  expect(
    panels.map(({ title, rows }) => [title, rows.map(({ name, spread }) => [name, spread.median])]),
  ).toEqual([
    [
      'register',
      [
        ['mcp-sdk', 0.5],
        ['vestibule', 0.3],
      ],
    ],
    ['refresh', [['vestibule', 0.2]]],
  ]);
  const chart = drawChart(panels);
  expect([...chart.matchAll(/<circle /g)]).toHaveLength(3);
  expect(chart).not.toMatch(/NaN|Infinity|undefined/);
});

test('a chart escapes the names that it displays', () => {
  const chart = drawChart([
    { title: 'a<b>&c', rows: [{ name: 'x', spread: { median: 1, low: 1, high: 1 } }] },
  ]);
  expect(chart).toContain('a&lt;b&gt;&amp;c');
});
