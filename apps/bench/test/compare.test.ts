import { expect, test } from 'vitest';
import { compare } from '../src/run/compare.ts';
import { SILENT } from '../src/run/progress.ts';
import { resultsSchema } from '../src/run/results.ts';
import { renderResults } from '../src/report/render-results.ts';
import { targetNamed } from '../src/targets/all-targets.ts';
import { OPERATIONS } from '../src/targets/target.ts';

test('a short run measures every operation of Vestibule beside the reference, without an error', async () => {
  const targets = ['bare-express', 'bare-http', 'vestibule']
    .map(targetNamed)
    .filter((one) => one !== undefined);
  const saved: unknown[] = [];
  const results = await compare(
    {
      targets,
      operations: OPERATIONS,
      connections: [2],
      ms: 100,
      slices: 2,
      rounds: 1,
      warmMs: 0,
      noise: 1,
      retries: 0,
      starts: 1,
      growthPoints: [0],
      growthTargets: ['vestibule'],
      cores: undefined,
    },
    { progress: SILENT, save: (partial) => void saved.push(JSON.parse(JSON.stringify(partial))) },
  );

  expect(results.problems).toEqual([]);
  expect(resultsSchema.parse(saved.at(-1))).toEqual(results);
  for (const { target, errors, firstError } of [
    ...results.slices,
    ...results.growth.flatMap(({ slices }) => slices),
  ]) {
    expect([target, errors, firstError]).toEqual([target, 0, undefined]);
  }
  for (const operation of OPERATIONS) {
    for (const target of ['bare-express', 'vestibule']) {
      const slices = results.slices.filter((one) => one.operation === operation && one.target === target);
      expect(slices.map(({ round, count }) => [round, count > 0])).toEqual([
        [0, true],
        [1, true],
      ]);
    }
  }
  expect(results.checks['vestibule']).toEqual({
    accessToken: 'JWT ES256',
    rotatesRefreshTokens: true,
    refusesWrongVerifier: true,
    refusesReplayedCode: true,
    refusesReplayedRefreshToken: true,
    browserRequests: expect.any(Number),
  });
  expect(results.coldStarts.map(({ target }) => target).toSorted()).toEqual([
    'bare-express',
    'bare-http',
    'vestibule',
  ]);
  expect(results.growth).toHaveLength(1);
  expect(renderResults(results)).toContain('### Share of bare-express, 2 connections');
}, 180_000);
