import { once } from 'node:events';
import { connect } from 'node:net';
import { cite } from '@vestibule/requirements';
import { filledIn, formOf, headingOf, newBrowser } from '@vestibule/testing/browser';
import { interactionPolicy } from 'oidc-provider';
import { describe, expect, test, vi } from 'vitest';
import {
  approved,
  authorizeUrl,
  decided,
  exchanged,
  register,
  registered,
  updated,
} from './support/agent.ts';
import { OPEN, startBridge } from './support/start-bridge.ts';

/** The consent page of the team, which approves everything at once. */
const basePolicy = interactionPolicy.base;

test('consent is asked again although the configuration finds the grant of an earlier authorization', async () => {
  const app = await startBridge({
    configuration: {
      loadExistingGrant: async (ctx) => {
        const grantId = ctx.oidc.session?.grantIdFor(ctx.oidc.client?.clientId ?? '');
        return grantId === undefined ? undefined : ctx.oidc.provider.Grant.find(grantId);
      },
    },
  });
  const clientId = await registered(app);
  const browser = newBrowser();
  await approved(app, clientId, {}, browser);
  const page = await browser.open(authorizeUrl(app, clientId));
  expect([page.away, page.text.includes('[unverified]')]).toEqual([undefined, true]);
});

test('consent is asked although the policy of the team has no consent prompt', async () => {
  const policy = basePolicy();
  policy.remove('consent');
  const app = await startBridge({
    configuration: { interactions: { policy, url: (_, { uid }) => `/login/${uid}` } },
  });
  const page = await newBrowser().open(authorizeUrl(app, await registered(app)));
  expect(page.text).toContain('[unverified]');
});

test('a consent that another page of the team wrote does not count', async () => {
  const app = await startBridge();
  const clientId = await registered(app);
  const browser = newBrowser();
  const page = await browser.open(authorizeUrl(app, clientId));
  const { provider } = app;
  const grant = new provider.Grant({ accountId: 'ada', clientId });
  grant.addResourceScope('https://notes.example/mcp', 'notes:read notes:write notes:admin');
  const grantId = await grant.save();
  const uid = page.url.pathname.split('/').at(-1) ?? '';
  const interaction = await provider.Interaction.find(uid);
  if (interaction === undefined) throw new Error('There is no interaction.');
  interaction.result = { consent: { grantId } };
  await interaction.persist();
  const again = await browser.open(interaction.returnTo);
  expect([again.away, again.text.includes('[unverified]')]).toEqual([undefined, true]);
});

describe(cite('the consent page', 'vestibule:oidc-provider:consent'), () => {
  test('says who asks, where the response goes, and which API it is for', async () => {
    const app = await startBridge();
    const { text, headers } = await newBrowser().open(authorizeUrl(app, await registered(app)));
    for (const part of [
      'Gardening agent',
      '[unverified]',
      'Notebook',
      'https://notes.example/mcp',
      'Ada Lovelace',
      'Read notes',
    ]) {
      expect(text).toContain(part);
    }
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
  });

  test('escapes the name of a client', async () => {
    const app = await startBridge();
    const clientId = await registered(app, {
      client_name: '<b onload=x>',
      redirect_uris: ['http://127.0.0.1/cb'],
    });
    const { text } = await newBrowser().open(authorizeUrl(app, clientId));
    expect(text).not.toContain('<b onload');
  });

  test('does not exist in another browser', async () => {
    const app = await startBridge();
    const page = await newBrowser().open(authorizeUrl(app, await registered(app)));
    const other = newBrowser();
    expect((await other.open(page.url)).status).toBe(410);
    const form = formOf(page);
    const posted = await other.post(form.action, filledIn(form, { decision: 'approve' }));
    expect(posted.status).toBe(410);
  });

  test('does not accept the form of another interaction of the same browser', async () => {
    const app = await startBridge();
    const browser = newBrowser();
    const first = await browser.open(authorizeUrl(app, await registered(app)));
    const second = await registered(app, {
      client_name: 'Other',
      redirect_uris: ['http://127.0.0.1/cb', 'http://127.0.0.1/x'],
    });
    const page = await browser.open(authorizeUrl(app, second));
    const posted = await browser.post(page.url, filledIn(formOf(first), { decision: 'approve' }));
    expect(posted.status).toBe(400);
    // Browsers send the cookie of an interaction to its own page only.
    const cookie = await browser.jar.getCookieString(first.url.href);
    expect((await fetch(page.url, { headers: { cookie } })).status).toBe(410);
  });

  test('does not accept a form from another site', async () => {
    const app = await startBridge();
    const browser = newBrowser();
    const page = await browser.open(authorizeUrl(app, await registered(app)));
    const form = formOf(page);
    const response = await fetch(form.action, {
      method: 'POST',
      body: filledIn(form, { decision: 'approve' }),
      headers: {
        cookie: await browser.jar.getCookieString(form.action.href),
        'sec-fetch-site': 'cross-site',
      },
    });
    expect(response.status).toBe(400);
  });

  test('does not accept an approval sooner than a person can read', async () => {
    const app = await startBridge({
      settings: { ...OPEN, consent: { minimumReadingTime: 60_000, durations: ['until-revoked'] } },
    });
    const browser = newBrowser();
    const page = await browser.open(authorizeUrl(app, await registered(app)));
    const again = await decided(browser, page);
    expect([again.away, again.text.includes('[unverified]')]).toEqual([undefined, true]);
    const denied = await decided(browser, again, { decision: 'deny' });
    expect(denied.away?.searchParams.get('error')).toBe('access_denied');
  });

  test('does not accept an approval of what it did not display, after the client changed its name', async () => {
    const app = await startBridge();
    const { body } = await register(app);
    const browser = newBrowser();
    const page = await browser.open(authorizeUrl(app, body.client_id));
    await updated(body, { client_name: 'Harmless', redirect_uris: body.redirect_uris });
    const again = await decided(browser, page);
    expect([again.away, again.status, again.text.includes('Harmless')]).toEqual([undefined, 403, true]);
  });

  test('leads to no redirect URI that the client has replaced meanwhile', async () => {
    const app = await startBridge();
    const { body } = await register(app);
    const browser = newBrowser();
    const page = await browser.open(authorizeUrl(app, body.client_id));
    const form = formOf(page);
    await updated(body, { client_name: 'Gardening agent', redirect_uris: ['http://127.0.0.1/other'] });
    const { away, status } = await decided(browser, page);
    expect([away, status]).toEqual([undefined, 400]);
    expect(form.scopes).toEqual(['notes:read', 'notes:write']);
  });

  test('never displays the new name of a client with its old destination', async () => {
    const app = await startBridge();
    const { body } = await register(app);
    const browser = newBrowser();
    const page = await browser.open(authorizeUrl(app, body.client_id));
    await updated(body, { client_name: 'Harmless', redirect_uris: ['http://127.0.0.1/other'] });
    const again = await browser.open(page.url);
    expect([again.away, again.text.includes('Harmless')]).toEqual([undefined, false]);
  });

  test('is a page about a server error if the store fails', async () => {
    const app = await startBridge();
    const browser = newBrowser();
    const page = await browser.open(authorizeUrl(app, await registered(app)));
    vi.spyOn(app.stores.clients, 'find').mockRejectedValueOnce(new Error('The disk is gone.'));
    const failed = await browser.open(page.url);
    expect([failed.status, failed.text.includes('The disk is gone.')]).toEqual([500, false]);
    expect(app.errors).toHaveLength(1);
  });

  test('does not count as an error of the server if a browser disconnects while it sends the form', async () => {
    const app = await startBridge();
    const browser = newBrowser();
    const { action } = formOf(await browser.open(authorizeUrl(app, await registered(app))));
    const socket = connect(Number(action.port), action.hostname);
    const fields = [
      `POST ${action.pathname} HTTP/1.1`,
      `Host: ${action.host}`,
      `Cookie: ${await browser.jar.getCookieString(action.href)}`,
      'Content-Type: application/x-www-form-urlencoded',
      'Content-Length: 100',
      'Expect: 100-continue',
    ];
    socket.write(`${fields.join('\r\n')}\r\n\r\n`);
    // The server reads the body now.
    await once(socket, 'data');
    socket.end('decision=');
    socket.destroySoon();
    await once(socket, 'close');
    await decided(browser, await browser.open(authorizeUrl(app, await registered(app))));
    expect(app.errors).toEqual([]);
  });

  test('approves nothing with no scope selected', async () => {
    const app = await startBridge();
    const browser = newBrowser();
    const page = await browser.open(authorizeUrl(app, await registered(app)));
    const again = await decided(browser, page, { decision: 'approve' }, []);
    expect([again.away, again.status]).toEqual([undefined, 200]);
  });

  test('approves no scope that it did not display', async () => {
    const app = await startBridge();
    const clientId = await registered(app);
    const browser = newBrowser();
    const page = await browser.open(authorizeUrl(app, clientId, { scope: 'notes:read' }));
    const { away } = await decided(browser, page, { decision: 'approve' }, [
      'notes:read',
      'notes:write',
      'notes:admin',
      'openid',
    ]);
    const { body } = await exchanged(app, clientId, away ?? new URL('about:blank'));
    expect(body.scope).toBe('notes:read');
  });

  test('ends the access after the duration that the person chose', async () => {
    const app = await startBridge({
      settings: { ...OPEN, consent: { minimumReadingTime: 0, durations: ['until-revoked', 3_600] } },
    });
    const browser = newBrowser();
    const page = await browser.open(authorizeUrl(app, await registered(app)));
    await decided(browser, page, { decision: 'approve', lasting: '3600' });
    const [, grant] = [...app.adapter.rows].find(([key]) => key.startsWith('Grant:')) ?? [];
    expect((grant?.exp ?? 0) - (grant?.iat ?? 0)).toBe(3_600);
  });

  test('records the decision with the name that it displayed', async () => {
    const app = await startBridge();
    const clientId = await registered(app);
    const { body } = await exchanged(app, clientId, await approved(app, clientId));
    const { items } = await app.stores.audit.list('main', { limit: 10 });
    expect(items).toContainEqual(
      expect.objectContaining({
        type: 'consent.approved',
        clientId,
        clientName: 'Gardening agent',
        subject: 'ada',
      }),
    );
    expect(JSON.stringify(items)).not.toContain(body.access_token);
  });
});

describe('an error for a client with an https redirect URI', () => {
  const site = { client_name: 'Site', redirect_uris: ['https://site.example/cb'] };

  test('is a page that says where it leads, because no person decided', async () => {
    const app = await startBridge();
    const clientId = await registered(app, site);
    const shown = await newBrowser().open(
      authorizeUrl(app, clientId, { redirect_uri: 'https://site.example/cb', scope: 'notes:admin' }),
    );
    expect([shown.status, shown.away]).toEqual([400, undefined]);
    expect(shown.text).toContain('site.example');
    expect(headingOf(shown)).not.toBe('');
  });

  test.each(['form_post', 'fragment'])(
    'is not sent there by itself in the response mode %s',
    async (mode) => {
      const app = await startBridge();
      const clientId = await registered(app, site);
      const more = { redirect_uri: 'https://site.example/cb', response_mode: mode, scope: 'notes:admin' };
      const shown = await newBrowser().open(authorizeUrl(app, clientId, more));
      expect([shown.status, shown.away, shown.page.querySelector('form')]).toEqual([400, undefined, null]);
    },
  );

  test.each(['id_token', 'code id_token'])(
    'is not sent there in the fragment of the response type %s',
    async (type) => {
      const app = await startBridge({
        configuration: { responseTypes: ['code', 'id_token', 'code id_token'] },
      });
      const clientId = await registered(app, site);
      const more = { redirect_uri: 'https://site.example/cb', response_type: type, nonce: 'n' };
      const shown = await newBrowser().open(authorizeUrl(app, clientId, more));
      expect([shown.status, shown.away]).toEqual([400, undefined]);
      expect(shown.text).toContain('invalid_request');
    },
  );

  test('is redirected for a client of the team', async () => {
    const app = await startBridge();
    const { away } = await newBrowser().open(
      `${app.issuer}/auth?client_id=web&response_type=code&redirect_uri=https://web.example/cb&scope=openid&prompt=none`,
    );
    expect(away?.searchParams.get('error')).toBe('login_required');
  });
});
