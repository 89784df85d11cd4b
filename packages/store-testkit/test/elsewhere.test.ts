import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryStores } from '@vestibule/server/memory';
import { expect, test } from 'vitest';
import { runStoreCase, runStoreCases, storeCases, type StoreHarness } from '../src/index.ts';
import { openStores } from './elsewhere/codes-in-files.ts';

const moduleOf = (name: string): string => new URL(`./elsewhere/${name}.ts`, import.meta.url).href;

const codesInFiles = (forgetful: boolean): StoreHarness => ({
  open: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vestibule-codes-'));
    const argument = { folder, forgetful };
    return {
      ...(await openStores(argument)),
      connect: () => openStores(argument),
      elsewhere: { module: moduleOf('codes-in-files'), argument },
      close: async () => rmSync(folder, { recursive: true }),
    };
  },
});

const TAKING = [
  'codes.take.once-of-20',
  'codes.take.once-of-20.connections',
  'codes.take.once-of-20.processes',
];
const INSERTING = TAKING.map((id) => id.replace('take', 'insert'));
const cases = storeCases.filter(({ id }) => [...TAKING, ...INSERTING, 'codes.kept.connections'].includes(id));

test('codes shared by connections and processes are consumed once in all of them', async () => {
  const outcomes = await runStoreCases(codesInFiles(false), cases);
  expect(outcomes).toEqual(cases.map(({ id }) => ({ id, outcome: 'passed' })));
});

test('codes that only one process knows to be consumed are caught, by connections and by processes', async () => {
  const outcomes = await runStoreCases(codesInFiles(true), cases);
  const failed = outcomes.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id);
  expect(failed).toEqual(TAKING.slice(1));
});

const inProcesses = cases.filter(({ requires }) => requires.includes('processes')).slice(0, 1);

test.each([
  ['that ends', 'data:text/javascript,process.exit(3)', 'The other process ended (3) instead of answering'],
  [
    'whose module does not export openStores',
    'data:text/javascript,export const open = 1',
    'has to export a function "openStores"',
  ],
  ['whose module does not exist', moduleOf('nowhere'), 'Cannot find module'],
  ['that gets another argument', moduleOf('codes-in-files'), 'The argument has to be { folder, forgetful }.'],
])('another process %s fails the case, and says why', async (_, module, message) => {
  const [storeCase] = inProcesses;
  if (storeCase === undefined) throw new Error('No case needs a process.');
  const harness: StoreHarness = {
    open: async () => ({
      stores: createMemoryStores(),
      elsewhere: { module, argument: null },
      close: async () => {},
    }),
  };
  const outcome = await runStoreCase(harness, storeCase);
  expect(outcome).toMatchObject({ outcome: 'failed' });
  expect(String(outcome.outcome === 'failed' && outcome.error)).toContain(message);
});
