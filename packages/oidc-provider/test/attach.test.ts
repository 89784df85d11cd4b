import { newBrowser } from '@vestibule/testing/browser';
import { describe, expect, test } from 'vitest';
import {
  approved,
  authorizeUrl,
  decided,
  exchanged,
  refreshed,
  register,
  registered,
} from './support/agent.ts';
import { NOTES, startBridge } from './support/start-bridge.ts';

describe('an agent that registers itself at an oidc-provider', () => {
  test('attaches: it registers, a person approves on the marked page, and it gets a token for one API', async () => {
    const app = await startBridge();
    const { status, body } = await register(app);
    expect([status, body.token_endpoint_auth_method, body.client_secret]).toEqual([201, 'none', undefined]);

    const browser = newBrowser();
    const page = await browser.open(authorizeUrl(app, body.client_id));
    expect(page.text).toContain('[unverified]');
    expect(page.text).toContain('Gardening agent');
    const { away } = await decided(browser, page);
    expect(away?.searchParams.get('iss')).toBe(app.issuer);
    const tokens = await exchanged(app, body.client_id, away ?? new URL('about:blank'));
    expect(tokens.body).toMatchObject({
      scope: 'notes:read notes:write',
      expires_in: 900,
      token_type: 'Bearer',
    });
    expect(tokens.body.id_token).toBeUndefined();
    const [, row] = [...app.adapter.rows].find(([key]) => key.startsWith('AccessToken:')) ?? [];
    expect([row?.aud, row?.clientId]).toEqual([NOTES, body.client_id]);

    const again = await refreshed(app, body.client_id, tokens.body.refresh_token);
    expect(again.body.scope).toBe('notes:read notes:write');
    expect(again.body.refresh_token).not.toBe(tokens.body.refresh_token);
    expect(app.errors).toEqual([]);
  });

  test('gets only the scopes that the person left selected', async () => {
    const app = await startBridge();
    const clientId = await registered(app);
    const browser = newBrowser();
    const page = await browser.open(authorizeUrl(app, clientId));
    const { away } = await decided(browser, page, { decision: 'approve' }, ['notes:read']);
    const { body } = await exchanged(app, clientId, away ?? new URL('about:blank'));
    expect(body.scope).toBe('notes:read');
  });

  test('is asked about again at the next authorization, although the person is signed in and approved before', async () => {
    const app = await startBridge();
    const clientId = await registered(app);
    const browser = newBrowser();
    await approved(app, clientId, {}, browser);
    const page = await browser.open(authorizeUrl(app, clientId));
    expect(page.text).toContain('[unverified]');
  });
});
