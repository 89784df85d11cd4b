import { expect, test } from 'vitest';
import { runStoreCases, storeCases } from '../src/index.ts';
import { goesOnWithout, openFailing, recordsAfterwards } from './wrong/half-written.ts';

const cases = storeCases.filter(({ requires }) => requires.includes('event-failures'));

/** Cases of changes that leave nothing, or only an event. */
const WITHOUT_TRACE = ['commit.event.append.records-unrecorded', 'commit.session.require.holds-unrecorded'];

test.each<[name: string, flaw: typeof goesOnWithout, passed: readonly string[]]>([
  ['make changes before their events', recordsAfterwards, WITHOUT_TRACE],
  ['make changes without their events', goesOnWithout, []],
])('stores that %s are caught by the case of every kind of change', async (_, flaw, right) => {
  const ofOneChange = cases.filter(({ id }) => !id.startsWith('commit.random.'));
  const outcomes = await runStoreCases({ open: async () => openFailing(flaw) }, ofOneChange);
  const passed = outcomes.filter(({ outcome }) => outcome !== 'failed').map(({ id }) => id);
  expect(passed).toEqual(right);
});

test('stores that fail before they write anything are right', async () => {
  const outcomes = await runStoreCases({ open: async () => openFailing() }, cases);
  expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['passed']));
});
