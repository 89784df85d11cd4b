import { expect, test } from 'vitest';
import { reasonOf } from './reason.ts';

test.each<[unknown, string]>([
  [
    new Error('The request failed.', { cause: new Error('The connection was reset.') }),
    'The request failed: The connection was reset.',
  ],
  [
    new Error('The server is down.', {
      cause: Object.assign(new Error('access denied'), { hint: 'Grant it.' }),
    }),
    'The server is down: access denied. Grant it.',
  ],
  [new AggregateError([new Error('refused')], ''), 'refused'],
  ['text', 'text'],
])('describes the error %j in one line: %j', (error, reason) => {
  expect(reasonOf(error)).toBe(reason);
});
