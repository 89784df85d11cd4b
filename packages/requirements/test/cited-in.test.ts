import { expect, test } from 'vitest';
import { citedIn } from '../../../scripts/test-reporter.ts';
import { cite } from '../src/index.ts';

test.each([
  ['one id', cite('answers 201', 'rfc7591:3.2.1:created'), ['rfc7591:3.2.1:created']],
  [
    'several ids',
    cite('answers 201', 'rfc7591:3.2.1:created', 'vestibule:rules:no-secret'),
    ['rfc7591:3.2.1:created', 'vestibule:rules:no-secret'],
  ],
  [
    'ids of a group and of a test',
    `${cite('refuses', 'rfc6749:5.2:json')} > ${cite('a body', 'rfc6749:3.2:form')}`,
    ['rfc6749:5.2:json', 'rfc6749:3.2:form'],
  ],
  ['no id', 'the text [] and the address [::1]', []],
])('a title with %s cites what it says', (_, title, ids) => {
  expect(citedIn(title)).toEqual(ids);
});
