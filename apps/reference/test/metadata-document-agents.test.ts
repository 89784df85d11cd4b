import { documents, runDocuments } from '@vestibule/client-fixtures';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { startOpenToDocuments } from './support/document-app.ts';
import { approve, authorizeUrl, exchange, token } from './support/oauth.ts';
import { publishedDocuments } from './support/published-documents.ts';

test(
  cite(
    'every check of every published document passes within the default limits',
    'vestibule:client-fixtures:documents-ours',
  ),
  async () => {
    const { issuer } = await startOpenToDocuments(publishedDocuments);
    const outcomes = await runDocuments({ issuer });
    expect(outcomes.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
    expect(new Set(outcomes.map(({ agent }) => agent)).size).toBe(documents.length);
  },
);

describe.each(documents.map((fixture) => [fixture.client, fixture] as const))(
  'the metadata document of %s',
  (_, { document, redirects }) => {
    const clientId = document.client_id;

    test(
      cite(
        'gets a token and a refreshed token at each redirect URI, on any port of this computer',
        'vestibule:client-fixtures:documents-ours',
      ),
      async () => {
        const app = await startOpenToDocuments(publishedDocuments);
        for (const { uri } of redirects.filter(({ works }) => works)) {
          const arrived = await approve(authorizeUrl(app, clientId, { redirect_uri: uri }));
          expect(arrived.href.replace(/\?.*/, '').replace(/\/$/, '')).toBe(uri.replace(/\/$/, ''));
          const { status, body } = await exchange(app, clientId, uri, arrived);
          expect([uri, status]).toEqual([uri, 200]);
          const refreshed = await token(app, {
            grant_type: 'refresh_token',
            client_id: clientId,
            refresh_token: body.refresh_token,
            resource: app.notes.href,
          });
          expect(refreshed.status).toBe(200);
        }
      },
    );

    test(
      cite(
        'sends no person to what only looks like a redirect URI',
        'vestibule:client-fixtures:documents-ours',
        'rfc9700:4.1.3:look-alikes',
      ),
      async () => {
        const app = await startOpenToDocuments(publishedDocuments);
        for (const { uri } of redirects.filter(({ works }) => !works)) {
          const response = await fetch(authorizeUrl(app, clientId, { redirect_uri: uri }), {
            redirect: 'manual',
          });
          expect([uri, response.status, response.headers.get('location')]).toEqual([uri, 400, null]);
        }
      },
    );
  },
);
