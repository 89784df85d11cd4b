import { expect, test } from 'vitest';
import { loggedPath } from './logged-path.ts';

test.each([
  ['/connect/token?client_id=x', '/connect/token'],
  ['http://localhost:4000/connect/at/s3cret/consent', 'http://localhost:4000/connect/at/…/consent'],
  ['/realms/acme/connect/at/s3cret/sign-in?x', '/realms/acme/connect/at/…/sign-in'],
  ['/connect/at/s3cret', '/connect/at/…'],
])('the log has no query and no id of a page: %s', (url, expected) => {
  expect(loggedPath(url)).toBe(expected);
});
