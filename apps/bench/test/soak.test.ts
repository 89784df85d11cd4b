import { expect, test } from 'vitest';
import { createServers } from '../src/run/servers.ts';
import { measureSoak } from '../src/soak/measure-soak.ts';
import { growthIn } from '../src/soak/steadiness.ts';
import { VESTIBULE } from '../src/targets/vestibule.ts';

test('a short soak runs without an error, and neither memory nor handles grow', async () => {
  const servers = createServers({ core: undefined });
  const periods = await measureSoak({ target: VESTIBULE, servers, connections: 4, periods: 8, ms: 1_000 });
  expect(periods.map(({ flows }) => flows > 0)).toEqual(periods.map(() => true));
  // Latencies depend on what else the machine does.
  expect(growthIn(periods).filter((sentence) => !/^p\d/.test(sentence))).toEqual([]);
}, 120_000);
