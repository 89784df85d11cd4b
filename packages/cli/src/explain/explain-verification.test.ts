import type { FetchOutcome } from '@vestibule/cimd';
import { realmSettings } from '@vestibule/core/realm';
import { expect, test } from 'vitest';
import { judgeBytes } from './judge-body.ts';
import { explainVerification, verificationDocument, verificationText } from './explain-verification.ts';

const URI = 'https://app.example/client.json';
const BODY = {
  client_name: 'Diary',
  software_id: URI,
  redirect_uris: ['https://app.example/cb', 'https://app.example/other', 'http://127.0.0.1/cb'],
};
const DOCUMENT = { ...BODY, client_id: URI };

const realmWith = (verifyRegistrations: boolean) => ({
  id: 'main',
  name: 'Main',
  issuer: 'https://id.example',
  settings: realmSettings({ metadataDocuments: { open: true, verifyRegistrations } }),
  apis: [],
  scopes: [],
});

/** What explain says about a registration if its website responds so. */
async function explained(outcome: FetchOutcome, verifyRegistrations = true) {
  const realm = realmWith(verifyRegistrations);
  const context = { clock: Date.now, env: {} };
  const judged = await judgeBytes(realm, [], new TextEncoder().encode(JSON.stringify(BODY)), context);
  if (!judged.ok) throw new Error(judged.refusal.description);
  const fetched: string[] = [];
  const fetch = async ({ url }: { readonly url: string }): Promise<FetchOutcome> => {
    fetched.push(url);
    return outcome;
  };
  const onError = (error: unknown): void => {
    throw error;
  };
  const said = await explainVerification(realm, [], judged, { fetch: { fetch }, clock: Date.now, onError });
  return { fetched, documents: said.map(verificationDocument), texts: said.map(verificationText) };
}

const published = (body: unknown): FetchOutcome => ({
  ok: true,
  status: 'fetched',
  body,
  bytes: 1,
  freshness: { noStore: false, noCache: false, mustRevalidate: false },
});

test('explain fetches nothing in a realm that does not verify registrations', async () => {
  expect(await explained(published(DOCUMENT), false)).toEqual({ fetched: [], documents: [], texts: [] });
});

test.each<[string, FetchOutcome, object, string]>([
  [
    'which document verifies a registration',
    published(DOCUMENT),
    { host: 'app.example', verified: true, document: URI },
    `Verified by app.example where people are sent to it: ${URI} has its name and all of its redirect URIs.`,
  ],
  [
    'that the document has another name',
    published({ ...DOCUMENT, client_name: 'Bank' }),
    { host: 'app.example', verified: false, document: URI, reason: 'name' },
    `Not verified by app.example: ${URI} does not have its name.`,
  ],
  [
    'what is wrong with the document',
    published({ ...DOCUMENT, client_secret: 's' }),
    { host: 'app.example', verified: false, document: URI, reason: 'refused', detail: expect.any(String) },
    `Not verified by app.example: ${URI} is not acceptable: the document must not have client_secret: everybody can read it [document.secret].`,
  ],
  [
    'why the document cannot be fetched',
    { ok: false, reason: 'status', detail: 'The status is 404' },
    {
      host: 'app.example',
      verified: false,
      document: URI,
      reason: 'unavailable',
      detail: 'The status is 404',
    },
    `Not verified by app.example: ${URI} cannot be fetched: The status is 404.`,
  ],
])('explain says %s, once for each website', async (_, outcome, document, text) => {
  expect(await explained(outcome)).toEqual({ fetched: [URI], documents: [document], texts: [text] });
});
