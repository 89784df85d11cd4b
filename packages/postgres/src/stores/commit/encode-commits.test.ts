import type { Change } from '@vestibule/server';
import { NOW } from '@vestibule/testing/now';
import { expect, test } from 'vitest';
import { encodeCommits } from './encode-commits.ts';
import { client } from '../../../test/support/client.ts';

const reserve = (key: string): Change => ({
  kind: 'quota.reserve',
  key,
  limit: { uses: 9, seconds: 60 },
  at: NOW,
});

const insert = (id: string, fingerprint?: string): Change => ({
  kind: 'client.insert',
  client: client(id, { registration: fingerprint === undefined ? {} : { fingerprint } }),
});

const use = (id: string): Change => ({ kind: 'client.use', realm: 'main', id, at: NOW });

const note = (key: string): Change => ({ kind: 'replay.note', realm: 'main', key, expiresAt: NOW });

/** The changes of each kind by what names them, and how often each limit is used. */
function togetherOf(...commits: readonly (readonly Change[])[]) {
  const { quotas = [], clients = [], changes = [] } = JSON.parse(encodeCommits(commits).together);
  const nameOf = (one: { id?: string; key?: string; row?: { id: string } }) =>
    one.row?.id ?? one.id ?? one.key;
  return {
    times: quotas.map(({ times }: { times: number }) => times),
    clients: clients.map(nameOf),
    changes: changes.map(nameOf),
  };
}

test('a limit that several commits use is sent once, with how often they use it', () => {
  expect(togetherOf([reserve('a'), reserve('b')], [reserve('a')]).times).toEqual([2, 1]);
});

test.each<[string, readonly Change[], readonly string[], readonly string[]]>([
  ['go together', [insert('a', 'p'), insert('b', 'q'), insert('c')], ['a', 'b', 'c'], []],
  ['go before changes of something else', [note('n'), insert('a')], ['a'], ['n']],
  ['stay behind another of their fingerprint', [insert('a', 'p'), insert('b', 'p')], ['a'], ['b']],
  ['stay behind a use of a client', [insert('a'), use('x'), insert('b')], ['a'], ['x', 'b']],
])('insertions of clients %s', (_, changes, clients, others) => {
  expect(togetherOf(changes)).toMatchObject({ clients, changes: others });
  expect(togetherOf(...changes.map((change) => [change]))).toMatchObject({ clients, changes: others });
});

test('the list of each commit keeps the order of its changes', () => {
  const { oneByOne } = encodeCommits([[note('n'), insert('a'), use('a')], [reserve('q')]]);
  expect(JSON.parse(oneByOne)).toMatchObject([
    [{ kind: 'replay.note' }, { kind: 'client.insert' }, { kind: 'client.use' }],
    [{ kind: 'quota.reserve' }],
  ]);
});
