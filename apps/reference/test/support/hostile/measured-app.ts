import { readConfig } from '@vestibule/node/environment';
import { createLogger } from '../../../src/logger.ts';
import { run } from '../../../src/run.ts';

const MEBIBYTE = 2 ** 20;

/** The reference app with short timeouts, which reports its resources at each signal. */
const config = readConfig(process.env);
await run(
  { ...config, timeouts: { head: 4_000, request: 6_000, idle: 6_000, interval: 100 } },
  createLogger(config.logLevel),
);

let count = 0;
process.on('SIGUSR2', () => {
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  const connections = process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
  const held = { memory: (heapUsed + external) / MEBIBYTE, rss: rss / MEBIBYTE, connections };
  count += 1;
  console.log(`${JSON.stringify(held)} is measurement ${count}.`);
});
console.log('serves the realm');
