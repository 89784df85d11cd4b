import type { AuditEvent } from '@vestibule/core';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isInstantName } from '../src/events/event-document.ts';
import { openOffice } from './support/office.ts';

const NOW = Date.UTC(2026, 10, 28, 12);
const HOUR = 3_600_000;

const event = (hoursAgo: number, more: object = {}): AuditEvent => ({
  type: 'registration.refused',
  realm: 'main',
  at: NOW - hoursAgo * HOUR,
  ip: '192.0.2.1',
  rule: 'name.reserved',
  description: 'no',
  ...more,
});

async function withEvents() {
  const office = await openOffice();
  const events = [
    event(30),
    event(3, { type: 'registration.would-refuse', clientId: 'dyn-a', description: 'a‮b' }),
    event(2, { type: 'client.blocked', clientId: 'dyn-a', clientName: 'A' }),
    event(1),
  ];
  for (const one of events) await office.database.stores.audit.record(one);
  return office;
}

test('what happened is listed, the newest first', async () => {
  const { call } = await withEvents();
  const { stdout, code } = await call(['events'], { columns: 200, now: NOW });
  expect(code).toBe(0);
  const names = stdout.split('\n').map((line) => /(?:registration|client)\.[a-z-]+/.exec(line)?.[0]);
  expect(names.filter((name) => name !== undefined)).toEqual([
    'registration.refused',
    'client.blocked',
    'registration.would-refuse',
    'registration.refused',
  ]);
  expect(stdout).not.toContain('\u202E');
});

test.each<[readonly string[], readonly number[]]>([
  [['--type', 'registration.would-refuse'], [3]],
  [
    ['--type', 'client.*', '--type', 'registration.refused'],
    [1, 2, 30],
  ],
  [['--type', 'registration'], []],
  [
    ['--since', '1d'],
    [1, 2, 3],
  ],
  [
    ['--limit', '2'],
    [1, 2],
  ],
])('%j lists the events of so many hours ago: %j', async (args, hours) => {
  const { json } = await withEvents();
  const events: readonly { readonly at: string }[] = await json(['events', ...args], { now: NOW });
  expect(events.map(({ at }) => (NOW - Date.parse(at)) / HOUR)).toEqual(hours);
});

test('nothing of that kind is said to be so', async () => {
  const { call } = await openOffice();
  expect((await call(['events'])).stdout).toBe('Nothing of that kind was taken down.\n');
});

test('programs are told every moment in ISO 8601', async () => {
  const { json, database } = await openOffice();
  const moments = { lastUsedAt: NOW - HOUR, asleepSince: NOW };
  await database.stores.audit.record(event(1, { type: 'client.hibernated', clientId: 'dyn-a', ...moments }));
  expect(await json(['events'], { now: NOW })).toMatchObject([
    {
      at: '2026-11-28T11:00:00.000Z',
      lastUsedAt: '2026-11-28T11:00:00.000Z',
      asleepSince: '2026-11-28T12:00:00.000Z',
    },
  ]);
});

test('every member of an event that is a moment is known for one', () => {
  const source = readFileSync(new URL('../../core/src/audit/event.ts', import.meta.url), 'utf8');
  const names = [...source.matchAll(/readonly (\w+)\??: Instant/g)].map(([, name = '']) => name);
  expect(names).toContain('signsFrom');
  expect(names.filter((name) => !isInstantName(name))).toEqual([]);
});
