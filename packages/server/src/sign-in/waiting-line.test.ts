import { expect, test } from 'vitest';
import { createWaitingLine, type Place, type WaitingLine } from './waiting-line.ts';

const from = (network: string, isKnown = false): Place => ({ network, isKnown });

/** The order in which requests leave the line, until it is empty. */
function inOrder(line: WaitingLine<string>): readonly string[] {
  const order: string[] = [];
  for (let item = line.next(); item !== undefined; item = line.next()) order.push(item);
  return order;
}

function lineOf(length: number, ...entries: readonly (readonly [item: string, place: Place])[]) {
  const line = createWaitingLine<string>(length);
  const outcomes = entries.map(([item, place]) => line.enter(item, place));
  return { line, outcomes };
}

test('networks take turns, whichever of them sent most', () => {
  const { line } = lineOf(
    10,
    ['a1', from('a')],
    ['a2', from('a')],
    ['a3', from('a')],
    ['b1', from('b')],
    ['c1', from('c')],
    ['b2', from('b')],
  );
  expect(inOrder(line)).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
});

test('a person alone in their network waits for one request of each other network, however many wait', () => {
  const line = createWaitingLine<string>(1_000);
  for (let i = 0; i < 600; i += 1) line.enter(`stranger ${i}`, from(`network ${i % 60}`));
  line.enter('person', from('home'));
  expect(inOrder(line).indexOf('person')).toBe(60);
});

test('known browsers go first, and leave every fourth turn to unknown ones', () => {
  const { line } = lineOf(
    10,
    ['u1', from('a')],
    ['u2', from('b')],
    ...['k1', 'k2', 'k3', 'k4', 'k5'].map((item) => [item, from(item, true)] as const),
  );
  expect(inOrder(line)).toEqual(['k1', 'k2', 'k3', 'u1', 'k4', 'k5', 'u2']);
});

test('a full line refuses a network that has as many in it as the others', () => {
  const { line, outcomes } = lineOf(2, ['a1', from('a')], ['b1', from('b')], ['c1', from('c')]);
  expect(outcomes).toEqual([{ entered: true }, { entered: true }, { entered: false }]);
  expect(inOrder(line)).toEqual(['a1', 'b1']);
});

test('a full line makes room for a network with fewer in it, by the newest of the one with most', () => {
  const { line, outcomes } = lineOf(
    3,
    ['a1', from('a')],
    ['a2', from('a')],
    ['a3', from('a')],
    ['b1', from('b')],
    ['a4', from('a')],
  );
  expect(outcomes.slice(3)).toEqual([{ entered: true, displaced: 'a3' }, { entered: false }]);
  expect(inOrder(line)).toEqual(['a1', 'b1', 'a2']);
});

test('a full line makes room for a known browser, and never by displacing a known one for an unknown one', () => {
  const { line, outcomes } = lineOf(
    2,
    ['a1', from('a')],
    ['b1', from('b')],
    ['k1', from('b', true)],
    ['k2', from('c', true)],
    ['k3', from('d', true)],
    ['u', from('e')],
  );
  expect(outcomes.slice(2)).toEqual([
    { entered: true, displaced: 'b1' },
    { entered: true, displaced: 'a1' },
    { entered: false },
    { entered: false },
  ]);
  expect(inOrder(line)).toEqual(['k1', 'k2']);
});

test('removes a request whose sender disconnected, and frees its position', () => {
  const { line } = lineOf(2, ['a1', from('a')], ['a2', from('a')]);
  line.leave('a1');
  line.leave('never there');
  expect(line.enter('a3', from('a'))).toEqual({ entered: true });
  expect(inOrder(line)).toEqual(['a2', 'a3']);
});
