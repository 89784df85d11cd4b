import type { DocumentFixture } from '../documents/document-fixture.ts';
import { documents as everyDocument } from '../documents/documents.ts';
import { fixtures as everyFixture } from '../fixture/all.ts';
import type { Fixture } from '../fixture/fixture.ts';
import { discover } from '../server/discover.ts';
import { ServerNotFound } from '../server/not-found.ts';
import { notOffered, offersDocuments, offersRegistration } from '../server/offers.ts';
import { findResource } from '../server/resource.ts';
import type { Fetch } from '../server/send.ts';
import { tryDocuments } from './try-documents.ts';
import type { CheckOutcome } from './outcome.ts';
import { tryRegistrations } from './try-registrations.ts';

/** Which server to test, and how. */
export interface RunOptions {
  /** The issuer identifier, as in the metadata of the server. */
  readonly issuer: string;
  /** The API that tokens are requested for. @default one that belongs to the server, if one is found */
  readonly resource?: string;
  /** An initial access token that can register one client for each agent. @default none, because agents have none */
  readonly token?: string;
  /** @default the global `fetch` */
  readonly fetch?: Fetch;
  /** The agents to try. @default all */
  readonly fixtures?: readonly Fixture[];
  /** Called before each agent is tried. */
  readonly onAgent?: (fixture: Fixture) => void;
}

/** Which server to test with metadata documents, and how. */
export interface DocumentRunOptions extends Pick<RunOptions, 'issuer' | 'resource' | 'fetch'> {
  /** The documents to try. @default all */
  readonly documents?: readonly DocumentFixture[];
  /** Called before each document is tried. */
  readonly onAgent?: (fixture: DocumentFixture) => void;
}

/**
 * Registers each agent at a server, checks the response, and tries its redirect URIs, one agent at a time. A wrong response
 * is an outcome, not an exception. If the server limits registrations, the remaining agents are skipped.
 *
 * @throws ServerNotFound if the issuer has no metadata, or they name no registration endpoint
 */
export async function runFixtures(options: RunOptions): Promise<readonly CheckOutcome[]> {
  const { issuer, fetch = globalThis.fetch, fixtures = everyFixture, token, onAgent } = options;
  const server = await discover(issuer, fetch);
  if (!offersRegistration(server)) throw new ServerNotFound(notOffered(server, 'dynamic'));
  const resource = options.resource ?? (await findResource(server, fetch));
  return tryRegistrations(fixtures, server, { fetch, resource, token }, onAgent);
}

/**
 * Sends a server the URL of each metadata document as `client_id`, with each redirect URI, one document at a time. The server
 * fetches the document; this function does not. A wrong response is an outcome, not an exception. If the server limits requests,
 * the remaining checks are skipped.
 *
 * @throws ServerNotFound if the issuer has no metadata, or they do not say that metadata documents are supported
 * @see {@link https://datatracker.ietf.org/doc/draft-ietf-oauth-client-id-metadata-document/ Client ID Metadata Document}
 */
export async function runDocuments(options: DocumentRunOptions): Promise<readonly CheckOutcome[]> {
  const { issuer, fetch = globalThis.fetch, documents = everyDocument, onAgent } = options;
  const server = await discover(issuer, fetch);
  if (!offersDocuments(server)) throw new ServerNotFound(notOffered(server, 'metadata-document'));
  const resource = options.resource ?? (await findResource(server, fetch));
  return tryDocuments(documents, server, { fetch, resource }, onAgent);
}
