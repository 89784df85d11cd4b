import { documents } from '@vestibule/client-fixtures';
import { claimedVendor } from '@vestibule/core';
import { expect, test } from 'vitest';
import { vendors } from '../src/index.ts';
import { judge } from './judge.ts';

const known = vendors.flatMap((vendor) =>
  (vendor.documents ?? []).map((document) => [document.uri, document, vendor] as const),
);

test('the directory has the documents of the fixtures, as they are recorded there', () => {
  const recorded = documents.map(({ document, source }) => ({
    uri: document.client_id,
    name: document.client_name,
    redirectUris: document.redirect_uris,
    source,
  }));
  const byUri = (a: { readonly uri: string }, b: { readonly uri: string }): number =>
    a.uri < b.uri ? -1 : 1;
  expect(known.map(([, document]) => document).toSorted(byUri)).toEqual(recorded.toSorted(byUri));
});

test.each(known)('%s is at a host of its vendor, and the policy accepts it', (uri, document, vendor) => {
  expect(vendor.hosts).toContain(new URL(uri).host);
  expect(claimedVendor([document.name], vendors)).toBe(vendor);
  expect(judge(document.name, document.redirectUris)).toMatchObject({ ok: true });
});
