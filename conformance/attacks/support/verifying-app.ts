import type { FetchOutcome, FetchRequest } from '@vestibule/cimd';
import { authorizeUrl, register } from '@vestibule/testing/oauth';
import { newBrowser } from '@vestibule/testing/browser';
import { OPEN_SEED, startApp, type TestApp } from '../../support/app.ts';

/** A server that verifies registrations by documents. */
export interface VerifyingApp {
  readonly app: TestApp;
  /** The URLs that were fetched. */
  readonly fetched: readonly string[];
  /** The text of the consent page for a client that registers with this metadata. */
  consentTo(metadata: Readonly<Record<string, unknown>>, redirectUri: string): Promise<string>;
}

/**
 * Starts one, until the end of the test.
 *
 * @param documents all documents that there are, besides their `client_id`, by URL
 */
export async function startVerifyingApp(
  documents: Readonly<Record<string, object>>,
  clock: () => number = Date.now,
): Promise<VerifyingApp> {
  const fetched: string[] = [];
  const fetch = async ({ url }: FetchRequest): Promise<FetchOutcome> => {
    fetched.push(url);
    if (documents[url] === undefined) return { ok: false, reason: 'status', detail: 'The status is 404.' };
    const freshness = { noStore: false, noCache: false, mustRevalidate: false };
    const body = { client_id: url, ...documents[url] };
    return { ok: true, status: 'fetched', body, bytes: JSON.stringify(body).length, freshness };
  };
  const { realm } = OPEN_SEED;
  const metadataDocuments = { open: true, verifyRegistrations: true };
  const app = await startApp(
    { ...OPEN_SEED, realm: { ...realm, settings: { ...realm.settings, metadataDocuments } } },
    { guardedFetch: { fetch }, trustProxy: 1, clock },
  );
  return {
    app,
    fetched,
    async consentTo(metadata, redirectUri) {
      const { status, body } = await register(app, metadata);
      if (status !== 201) throw new Error(`The client is not registered: ${JSON.stringify(body)}`);
      const browser = newBrowser();
      const url = authorizeUrl(app, body.client_id, { redirect_uri: redirectUri });
      const { page } = await browser.signIn(await browser.open(url));
      const text = page.querySelector('main')?.text.replaceAll(/\s+/g, ' ') ?? '';
      if (!text.includes('What this app will be able to do')) throw new Error(`No consent page: ${text}`);
      return text;
    },
  };
}
