import { AgentMemory } from '@vestibule/example-agent';
import { temporaryFolder } from '@vestibule/testing/folder';
import { freePort } from '@vestibule/testing/port';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { z } from 'zod';
import { type Addresses, OPEN_SEED } from '../app.ts';
import { v2 } from '../official.ts';
import { startNode } from '../process.ts';

const APP = fileURLToPath(new URL('measured-app.ts', import.meta.url));
const REDIRECT_URI = 'http://127.0.0.1:4711/cb';

/** Memory in mebibytes. */
const measurement = z.object({ memory: z.number(), rss: z.number(), connections: z.number() });
type Measurement = z.infer<typeof measurement>;

/** The memory of code that ran for the first time. Anything that is kept for each connection takes more. */
const MEMORY_LEFT = 5;

/** What the process may keep of its peak, although it is unused. */
const RSS_LEFT = 256;

/** Connections that clients keep for another request. */
const FEW_CONNECTIONS = 20;

/** How often to check whether everything is released. Each check collects garbage. */
const LOOKS = 1_000;

/** The reference app in its own process, for hostile clients. */
export interface HostedApp extends Addresses {
  readonly port: number;
  /** Connects an agent, up to a tool call. */
  serve(): Promise<void>;
  /**
   * Runs an attack, and checks that others are served afterwards, that the app logs no errors, and that it keeps no
   * connection and no memory.
   */
  withstand(attack: () => Promise<void>): Promise<void>;
}

/** @param issuerPort the port of the issuer, if a proxy is in front of it */
export async function startHostedApp(issuerPort?: number): Promise<HostedApp> {
  const folder = temporaryFolder();
  const port = await freePort();
  const issuer = `http://localhost:${issuerPort ?? port}`;
  const seed = join(folder, 'seed.json');
  await writeFile(seed, JSON.stringify(OPEN_SEED));
  const database = `sqlite:${join(folder, 'test.db')}`;
  const env = { PORT: String(port), ISSUER: issuer, DATABASE_URL: database, SEED: seed, LOG_LEVEL: 'error' };
  const started = startNode(['--expose-gc', APP], env);
  await started.said('serves the realm');
  const app = { issuer, notes: new URL('/mcp', issuer) };
  let measurements = 0;

  async function measure(): Promise<Measurement> {
    measurements += 1;
    started.process.kill('SIGUSR2');
    const end = ` is measurement ${measurements}.`;
    await started.said(end);
    const lines = started.output().split('\n');
    const line = lines.find((said) => said.endsWith(end)) ?? '';
    return measurement.parse(JSON.parse(line.slice(0, -end.length)));
  }

  async function serve(): Promise<void> {
    const { call, close } = await v2.attach(app, new AgentMemory('Somebody', REDIRECT_URI));
    expect(await call('list_notes')).toMatchObject({ content: [{ type: 'text' }] });
    await close();
  }

  async function withstand(attack: () => Promise<void>): Promise<void> {
    await serve();
    const before = await measure();
    await attack();
    await serve();
    const leftNow = async (): Promise<Measurement> => {
      const { memory, rss, connections } = await measure();
      return { memory: memory - before.memory, rss: rss - before.rss, connections };
    };
    let now = await leftNow();
    for (
      let look = 0;
      look < LOOKS && (now.connections > FEW_CONNECTIONS || now.memory > MEMORY_LEFT);
      look += 1
    ) {
      now = await leftNow();
    }
    expect(now.connections).toBeLessThanOrEqual(FEW_CONNECTIONS);
    expect(now.memory).toBeLessThanOrEqual(MEMORY_LEFT);
    expect(now.rss).toBeLessThanOrEqual(RSS_LEFT);
    // Mistakes of clients are not logged as errors.
    expect(started.output()).not.toContain('"level"');
  }

  return { ...app, port, serve, withstand };
}
