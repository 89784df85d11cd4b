import { expect, test } from 'vitest';
import { newClientId } from './client-id.ts';

const NOW = Date.UTC(2026, 10, 29);
const TOKEN = 'n2k_Qw-8Zr';

test('client ids sort in the order of registration, whatever their random part is', () => {
  const times = [0, 1, NOW - 1, NOW, NOW + 1, Date.UTC(2059, 0, 1), Date.UTC(2100, 0, 1)];
  const ids = times.map((time, index) => newClientId(time, index % 2 === 0 ? 'zz' : 'AA'));
  expect(ids.toSorted()).toEqual(ids);
});

test('a client id consists of unreserved characters, and contains the whole random part', () => {
  const id = newClientId(NOW, TOKEN);
  expect(id).toMatch(/^dyn-[A-Za-z0-9_-]+$/);
  expect(id.endsWith(TOKEN)).toBe(true);
});
