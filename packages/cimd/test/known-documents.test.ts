import { documents } from '@vestibule/client-fixtures';
import { judgeClientIdUrl, matchesRedirectUri, parseRedirectUri } from '@vestibule/core';
import { describe, expect, test } from 'vitest';
import { judgePublished } from './support/published.ts';

describe.each(documents)('the document of $client', ({ document, redirects }) => {
  const judged = judgePublished(document.client_id, document);
  const accepted = judged.ok ? judged.metadata.redirect_uris : [];

  test('has a URL that can be a client_id, and is accepted with all of its redirect URIs', () => {
    expect(judgeClientIdUrl(document.client_id)).toMatchObject({ ok: true, url: { hasQuery: false } });
    expect(judged).toMatchObject({
      ok: true,
      metadata: {
        client_name: document.client_name,
        redirect_uris: document.redirect_uris,
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
      },
    });
  });

  test.each(redirects)('comes with $uri: accepted $works, because $why', ({ uri, works }) => {
    const isAccepted = accepted.some((known) => matchesRedirectUri(known, uri)) && parseRedirectUri(uri).ok;
    expect(isAccepted).toBe(works);
  });
});
