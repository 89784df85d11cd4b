import { SERVER_PATH, USERINFO_PATH } from '@vestibule/core/realm';
import { expect, test } from 'vitest';
import { PATHS } from './paths.ts';

test('every path of the server is one that no API of a realm may have', () => {
  for (const path of Object.values(PATHS)) expect(path.startsWith(`${SERVER_PATH}/`)).toBe(true);
  expect(PATHS.userinfo).toBe(USERINFO_PATH);
});
