import { documents, fixtures } from '@vestibule/client-fixtures';
import { vendors } from '@vestibule/vendor-directory';
import { expect, test } from 'vitest';
import { documentClient } from '../src/document-client.ts';
import { whyUnverified } from '../src/judge-verifier.ts';
import { verifyingDocuments } from '../src/verifying-documents.ts';
import { judgePublished } from './support/published.ts';

/** The client of a published document. */
function verifierAt(uri: string) {
  const document = documents.find(({ document: { client_id } }) => client_id === uri)?.document;
  const judged = judgePublished(uri, document);
  if (!judged.ok) throw new Error(judged.refusal.description);
  return documentClient('main', judged.metadata, { uri, fetchedAt: 0, expiresAt: 1, fingerprint: '' }, 0);
}

/** The document that verifies an agent as it registers, at each of its websites. */
function verifiersOf({ registration }: (typeof fixtures)[number]): readonly string[] {
  const { client_name: name = '', redirect_uris: redirectUris, client_uri, software_id } = registration;
  const client = {
    name,
    redirectUris,
    ...(client_uri !== undefined && { clientUri: client_uri }),
    ...(software_id !== undefined && { softwareId: software_id }),
  };
  const hosts = new Set(
    redirectUris
      .map((uri) => new URL(uri))
      .flatMap(({ protocol, host }) => (protocol === 'https:' ? [host] : [])),
  );
  return [...hosts]
    .flatMap((host) => verifyingDocuments(client, host, vendors))
    .filter((uri) => whyUnverified(client, verifierAt(uri)) === undefined);
}

test('the hosted agents that register as their published documents describe them are verified by those', () => {
  const verified = fixtures.flatMap((fixture) => verifiersOf(fixture).map((uri) => [fixture.id, uri]));
  expect(Object.fromEntries(verified)).toEqual({
    chatgpt: 'https://chatgpt.com/oauth/client.json',
    'claude-ai-connector': 'https://claude.ai/oauth/mcp-oauth-client-metadata',
  });
});
