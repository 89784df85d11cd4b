import { AgentMemory } from '@vestibule/example-agent';
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import { startDocumentApp } from './support/document-app.ts';
import { v1, v2 } from './support/official.ts';

const REDIRECT_URI = 'http://localhost:8093/callback';

const DOCUMENT = {
  client_name: 'Official',
  redirect_uris: ['http://localhost/callback'],
  grant_types: ['authorization_code', 'refresh_token'],
  token_endpoint_auth_method: 'none',
};

/** An agent with a metadata document. */
class DescribedAgent extends AgentMemory {
  readonly clientMetadataUrl: string;

  constructor(clientMetadataUrl: string) {
    super('Official', REDIRECT_URI);
    this.clientMetadataUrl = clientMetadataUrl;
  }
}

describe.each([
  ['v1', v1],
  ['v2', v2],
])('the official client %s with a metadata document', (_, official) => {
  test('attaches without registration, on any port of this computer, and calls the tool', async () => {
    const app = await startDocumentApp(DOCUMENT);
    const memory = new DescribedAgent(app.clientId);
    const { call, close } = await official.attach(app, memory);
    expect(await call('list_notes')).toMatchObject({
      content: [{ text: expect.stringContaining('Water the ferns') }],
    });
    expect(memory.clientInformation()).toMatchObject({ client_id: app.clientId });
    expect(decodeJwt(memory.tokens()?.access_token ?? '')).toMatchObject({
      aud: app.notes.href,
      client_id: app.clientId,
    });
    expect(app.host.requests).toEqual([expect.stringMatching(/^GET \/client\.json HTTP\/1\.1\r\n/)]);
    await close();
  });
});
