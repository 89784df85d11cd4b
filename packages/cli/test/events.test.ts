import type { AuditEvent } from '@vestibule/core/audit';
import { cite } from '@vestibule/requirements';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isInstantName } from '../src/events/event-document.ts';
import { openCli } from './support/test-cli.ts';

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
  const cli = await openCli();
  const events = [
    event(30),
    event(3, { type: 'registration.would-refuse', clientId: 'dyn-a', description: 'a‮b' }),
    event(2, { type: 'client.blocked', clientId: 'dyn-a', clientName: 'A' }),
    event(1),
  ];
  for (const one of events) await cli.database.stores.audit.record(one);
  return cli;
}

test('events lists audit events, newest first', async () => {
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
])('events with %j lists the events of %j hours ago', async (args, hours) => {
  const { json } = await withEvents();
  const events: readonly { readonly at: string }[] = await json(['events', ...args], { now: NOW });
  expect(events.map(({ at }) => (NOW - Date.parse(at)) / HOUR)).toEqual(hours);
});

test(cite('events displays who did something and what changed', 'vestibule:operator:actor'), async () => {
  const { call, json } = await openCli();
  await call(['gates', 'close', 'scope', 'notes:read'], { now: NOW });
  await call(['settings', 'set', 'registration.mode', 'both'], { now: NOW + 1_000 });
  await call(['tokens', 'issue', '--expires-at', '2026-12-24', '--note', 'Acme'], { now: NOW + 2_000 });
  const { stdout } = await call(['events'], { now: NOW });
  expect(stdout.replace(/=iat-[\w-]+/, '=ID'))
    .toBe(`time               event                        by       details
2026-11-28 12:00Z  initial-access-token.issued  cli ada  initialAccessTokenId=ID +note: Acme +expiresAt: 2026-12-24T00:00:00.000Z +maxUses: 1
2026-11-28 12:00Z  settings.changed             cli ada  registration.mode: anonymous → both
2026-11-28 12:00Z  gate.closed                  cli ada  gate=scope of=notes:read open: true → false
`);
  expect(await json(['events', '--type', 'gate.closed'], { now: NOW })).toMatchObject([
    { actor: { kind: 'cli', id: 'ada' }, before: { open: true }, after: { open: false } },
  ]);
});

test('events displays events of older versions, which name no actor', async () => {
  const { call, database } = await openCli();
  const older = { type: 'settings.changed', paths: ['registration.mode'], ip: undefined };
  await database.stores.audit.record(event(1, older));
  expect((await call(['events'], { now: NOW })).stdout).toContain('paths=["registration.mode"]');
});

test('events says so if no event matches', async () => {
  const { call } = await openCli();
  expect((await call(['events'])).stdout).toBe('No matching events were recorded.\n');
});

test('events prints all instants in ISO 8601 with --json', async () => {
  const { json, database } = await openCli();
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

test('every member of an event that is an instant is recognized as one', () => {
  const folder = new URL('../../core/src/audit/', import.meta.url);
  const files = readdirSync(folder).filter((file) => /^(?:event|event-members|[a-z]+-event)\.ts$/.test(file));
  const sources = files.map((file) => readFileSync(new URL(file, folder), 'utf8')).join('\n');
  const names = [...sources.matchAll(/readonly (\w+)\??: Instant/g)].map(([, name = '']) => name);
  expect(names).toContain('signsFrom');
  expect(names.filter((name) => !isInstantName(name))).toEqual([]);
});
