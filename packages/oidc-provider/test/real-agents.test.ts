import { documents, fixtures, runDocuments, runFixtures } from '@vestibule/client-fixtures';
import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { documentFetch } from './support/document-fetch.ts';
import { NOTES, OPEN, startBridge } from './support/start-bridge.ts';

test('every recorded agent registers at an oidc-provider with the bridge and comes back to its redirect URIs', async () => {
  const { issuer, errors } = await startBridge();
  const outcomes = await runFixtures({ issuer, resource: NOTES });
  expect(outcomes.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
  expect(new Set(outcomes.map(({ agent }) => agent)).size).toBe(fixtures.length);
  expect(errors).toEqual([]);
}, 60_000);

test(
  cite(
    'every recorded metadata document is accepted by an oidc-provider with the bridge',
    'vestibule:oidc-provider:documents',
  ),
  async () => {
    const fetch = documentFetch(
      (url) => documents.find(({ document }) => document.client_id === url)?.document,
    );
    const { issuer, errors } = await startBridge({ settings: OPEN, fetch });
    const outcomes = await runDocuments({ issuer, resource: NOTES });
    expect(outcomes.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
    expect(new Set(outcomes.map(({ agent }) => agent)).size).toBe(documents.length);
    expect(errors).toEqual([]);
  },
  60_000,
);
