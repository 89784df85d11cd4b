import { strict as assert } from 'node:assert';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isStoreUnavailable } from '@vestibule/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLedger } from '../src/stores/ledger.ts';
import { createFileStores } from '../src/stores/stores.ts';
import { testStores } from '@vestibule/store-testkit/vitest';

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'vestibule-example-'));

testStores('JSON lines, which are the same after a restart', {
  open: async () => {
    const folder = newFolder();
    const path = join(folder, 'ledger.jsonl');
    const ledger = await openLedger(path);
    return {
      stores: createFileStores(ledger),
      close: async () => {
        const before = ledger.snapshot();
        await ledger.close();
        const again = await openLedger(path);
        assert.equal(again.snapshot(), before);
        await again.close();
        rmSync(folder, { recursive: true });
      },
    };
  },
});

let folder: string;
let path: string;
beforeEach(() => {
  folder = newFolder();
  path = join(folder, 'ledger.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

const person = { subject: 's', name: 'Ada' };
const session = { realm: 'main', hash: 'h', person, authentication: { at: 0, methods: [] }, expiresAt: 1 };

test('an incomplete last line was never acknowledged, and is removed', async () => {
  const first = await openLedger(path);
  await createFileStores(first).sessions.insert(session);
  await first.close();
  const whole = readFileSync(path, 'utf8');
  appendFileSync(path, whole.slice(0, -9));

  const second = await openLedger(path);
  expect(await createFileStores(second).sessions.find('main', 'h')).toEqual(session);
  await second.close();
  expect(readFileSync(path, 'utf8')).toBe(whole);
});

test('an unreadable line is named, and the file is unchanged', async () => {
  writeFileSync(path, '[]\nnothing\n[]\n');
  await expect(openLedger(path)).rejects.toThrow('Line 2 of the ledger is no JSON.');
  expect(readFileSync(path, 'utf8')).toBe('[]\nnothing\n[]\n');
});

test('a ledger that cannot be written is an outage, and stays one', async () => {
  const ledger = await openLedger(path);
  const { sessions } = createFileStores(ledger);
  await ledger.close();
  for (const attempt of [() => sessions.insert(session), () => sessions.find('main', 'h')]) {
    const error: unknown = await attempt().catch((thrown: unknown) => thrown);
    expect(isStoreUnavailable(error)).toBe(true);
  }
});
