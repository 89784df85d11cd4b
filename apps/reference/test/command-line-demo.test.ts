import { temporaryFolder } from '@vestibule/testing/folder';
import { freePort } from '@vestibule/testing/port';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { OPEN_SEED } from './support/app.ts';
import { startProcess } from './support/process.ts';
import { writeSeed } from './support/seed-file.ts';

describe('demo --once', () => {
  test('prints the handshake step by step and exits with 0', async () => {
    const demo = startProcess(['demo', '--once'], { PORT: String(await freePort()) });
    expect(await demo.exit).toBe(0);
    const steps = [
      'A person gives an agent the URL',
      'calls the API without a token',
      'which authorization server protects Notes',
      'the metadata of the authorization server',
      'The agent registers',
      'signs in as ada',
      '[unverified]',
      'approves',
      'exchanges the code for a token',
      'Water the ferns on Thursday.',
      'This tool requires the scope notes:admin.',
      'The agent is connected.',
    ];
    const places = steps.map((step) => demo.output().indexOf(step));
    expect(places).not.toContain(-1);
  });

  test('names the step that failed and exits with 1', async () => {
    const seed = await writeSeed(JSON.stringify({ ...OPEN_SEED, people: [] }));
    const demo = startProcess(['demo', '--once'], { PORT: String(await freePort()), SEED: seed });
    expect(await demo.exit).toBe(1);
    expect(demo.output()).toContain('This step failed: The person signs in as ada');
    expect(demo.output()).toContain(
      'The page says: That username and password don’t match. Please try again.',
    );
  });

  test('says so if registration is closed', async () => {
    const closed = { ...OPEN_SEED, realm: { id: 'closed', name: 'Closed' } };
    const demo = startProcess(['demo', '--once'], {
      PORT: String(await freePort()),
      SEED: await writeSeed(JSON.stringify(closed)),
    });
    expect(await demo.exit).toBe(1);
    expect(demo.output()).toContain('does not support dynamic client registration');
  });
});

test('demo keeps running, prints how to attach an agent, and exits at a signal', async () => {
  const port = String(await freePort());
  const demo = startProcess(['demo'], { PORT: port });
  await demo.said('Press Ctrl-C to stop the demo');
  expect(demo.output()).toContain(`claude mcp add --transport http notes http://localhost:${port}/mcp`);
  expect(demo.output()).toContain('sign in as   ada   with the password   correct horse');
  expect((await fetch(`http://localhost:${port}/mcp`)).status).toBe(401);
  demo.process.kill('SIGINT');
  expect(await demo.exit).toBe(0);
});

describe('the temporary folder of a demo', () => {
  const startDemo = async (env: Record<string, string> = {}) => {
    const folder = temporaryFolder();
    const demo = startProcess(['demo'], { PORT: String(await freePort()), TMPDIR: folder, ...env });
    return { demo, folder };
  };

  test.each<NodeJS.Signals>(['SIGINT', 'SIGTERM', 'SIGHUP'])('is deleted at %s', async (signal) => {
    const { demo, folder } = await startDemo();
    await demo.said('signs in as ada');
    demo.process.kill(signal);
    expect(await demo.exit).toBe(0);
    expect(await readdir(folder)).toEqual([]);
  });

  test('is deleted when its output is closed', async () => {
    const { demo, folder } = await startDemo();
    demo.process.stdout?.destroy();
    await demo.exit;
    expect(await readdir(folder)).toEqual([]);
  });

  test('is deleted when the demo cannot start', async () => {
    const { demo, folder } = await startDemo({ SEED: '/nowhere.json' });
    expect(await demo.exit).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  test('is not used for a database that DATABASE_URL names, which is kept', async () => {
    const file = join(temporaryFolder(), 'kept.db');
    const { demo } = await startDemo({ DATABASE_URL: `sqlite:${file}` });
    await demo.said(`Its data stays in sqlite:${file}.`);
    demo.process.kill('SIGINT');
    expect(await demo.exit).toBe(0);
    expect(existsSync(file)).toBe(true);
  });
});
