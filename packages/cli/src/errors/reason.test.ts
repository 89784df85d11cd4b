import { expect, test } from 'vitest';
import { reasonOf } from './reason.ts';

test.each<[unknown, string]>([
  [new Error('It broke.', { cause: new Error('A wire was cut.') }), 'It broke: A wire was cut.'],
  [
    new Error('It is away.', { cause: Object.assign(new Error('no rights'), { hint: 'Give them.' }) }),
    'It is away: no rights. Give them.',
  ],
  [new AggregateError([new Error('refused')], ''), 'refused'],
  ['text', 'text'],
])('the reason of %j', (error, reason) => {
  expect(reasonOf(error)).toBe(reason);
});
