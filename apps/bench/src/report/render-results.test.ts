import { expect, test } from 'vitest';
import { runOf } from '../../test/runs.ts';
import { slice } from '../../test/slices.ts';
import { renderResults } from './render-results.ts';

test('a run is printed with its machine, its ratios, its starts, its growth and its problems', () => {
  const slices = [slice({ target: 'bare-express' }), slice({ perSecond: 250, errors: 3 })];
  const start = { round: 1, probeMs: 5 };
  const text = renderResults(
    runOf(slices, {
      coldStarts: [
        { ...start, target: 'bare-express', ms: 100 },
        { ...start, target: 'vestibule', ms: 150, memoryMiB: 90 },
      ],
      growth: [
        { target: 'vestibule', clients: 0, diskMiB: 1, slices },
        {
          target: 'vestibule',
          clients: 1_000_000,
          diskMiB: 900,
          slices: [slices[0] ?? slice({}), slice({ perSecond: 200 })],
        },
      ],
      problems: ['mcp-sdk: did not start'],
    }),
  );
  expect(text).toContain('Measured 2026-11-29 on a processor, 2 cores');
  expect(text).toMatch(/\| vestibule +\| +0\.25 \(0\.25–0\.25\) \|/);
  expect(text).toMatch(/\| vestibule +\| +150 \| +1\.5 \(1\.5–1\.5\) \| +90 \| +1 \|/);
  expect(text).toMatch(/\| vestibule \| 1,000,000 \| +– \| +900 \| +0\.2 \(0\.2–0\.2\) \| +0\.8 \|/);
  expect(text).toContain('- mcp-sdk: did not start');
});

test('a registration alone is compared with one durable insert of the same round', () => {
  const text = renderResults(
    runOf([
      slice({ target: 'bare-http-insert', connections: 1, round: 0, p50: 0.5 }),
      slice({ connections: 1, round: 0, p50: 1 }),
      slice({ target: 'bare-http-insert', connections: 1, round: 1, p50: 1 }),
      slice({ connections: 1, round: 1, p50: 4 }),
      slice({ connections: 64, round: 1, p50: 90 }),
    ]),
  );
  expect(text).toContain('### One registration alone');
  expect(text).toMatch(/\| vestibule +\| +2\.5 \| +3 \(2\.5–3\.5\) \|/);
});

test('a run says how many of its slices other programs disturbed', () => {
  expect(renderResults(runOf([slice({}), slice({ isDisturbed: true })]))).toContain(
    'disturbed 1 of 2 slices',
  );
  expect(renderResults(runOf([slice({})]))).not.toContain('Other programs');
});
