import { attach, createNarrator, handshake } from '@vestibule/example-agent';
import { freePort } from '@vestibule/testing/port';
import { temporaryFolder } from '@vestibule/testing/folder';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ADA, start } from '../src/start.ts';

const narrator = createNarrator(() => undefined);

test('an agent attaches to a server whose store is a file of JSON lines', async () => {
  const file = join(temporaryFolder(), 'vestibule.jsonl');
  const { resource, stop } = await start(await freePort(), file);
  onTestFinished(stop);
  expect(await handshake({ server: new URL(resource), person: ADA, narrator })).toContain('ferns');
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  expect(lines.map((line): unknown => JSON.parse(line)).length).toBeGreaterThan(5);
});

test('an agent goes on with its token after a restart', async () => {
  const file = join(temporaryFolder(), 'vestibule.jsonl');
  const port = await freePort();
  const first = await start(port, file);
  const agent = await attach({ server: new URL(first.resource), person: ADA });
  await first.stop();
  const second = await start(port, file);
  onTestFinished(second.stop);
  expect(await agent.call('list_notes')).toMatchObject({ failed: false });
  await agent.close();
});
