import { type Realm, realmSettings } from '@vestibule/core/realm';
import { createDocumentPreparer } from '@vestibule/http';
import { EMPTY_REALM } from '@vestibule/testing/realm';
import type { JWK } from 'jose';
import { expect, test } from 'vitest';
import { preparedOnce } from './prepared-once.ts';

test('prepares a document once for each version of the realm and of its keys', () => {
  const prepare = createDocumentPreparer();
  let count = 0;
  const prepared = preparedOnce(() => prepare({ count: (count += 1) }, 'no-cache'));
  const realm: Realm = { ...EMPTY_REALM, settings: realmSettings() };
  const nextRealm = { ...realm };
  const keys: readonly JWK[] = [];
  const nextKeys: readonly JWK[] = [];
  const made = prepared(realm, keys);
  expect(prepared(realm, keys)).toBe(made);
  expect(prepared(nextRealm, keys)).not.toBe(made);
  expect(prepared(realm, nextKeys)).not.toBe(made);
  expect(prepared(realm, keys)).toBe(made);
  expect(count).toBe(3);
});
