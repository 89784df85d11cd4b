import type { FetchFailure } from '@vestibule/cimd';
import { authorizeUrl, register } from '@vestibule/testing/oauth';
import { newBrowser } from '@vestibule/testing/browser';
import type { TestApp } from '../../support/app.ts';
import { startDocumentApp } from './document-app.ts';

/** A server that verifies registrations by documents. */
export interface VerifyingApp {
  readonly app: TestApp;
  /** The URLs that were fetched. */
  readonly fetched: readonly string[];
  /** The text of the consent page for a client that registers with this metadata. */
  consentTo(metadata: Readonly<Record<string, unknown>>, redirectUri: string): Promise<string>;
}

const NOT_FOUND: FetchFailure = { ok: false, reason: 'status', detail: 'The status is 404.' };

/**
 * Starts one, until the end of the test.
 *
 * @param documents what all documents that there are say besides the usual, by URL
 */
export async function startVerifyingApp(
  documents: Readonly<Record<string, object>>,
  clock: () => number = Date.now,
): Promise<VerifyingApp> {
  const { app, fetched } = await startDocumentApp(
    { verifyRegistrations: true },
    {
      now: clock,
      describe: (url) => documents[url] ?? {},
      failing: (url) => (documents[url] === undefined ? NOT_FOUND : undefined),
    },
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
