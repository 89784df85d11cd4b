import { describe, expect, test } from 'vitest';
import { createAuthorizationServer, type SignInMethod } from '../src/index.ts';
import { createBrowser } from './browser.ts';
import { ADA, elsewhere, leave, problem, serve } from './method-world.ts';
import { ISSUER } from './set-up.ts';

describe('other methods', () => {
  test('an upstream provider returns to one fixed address with a code and the state', async () => {
    const { method, asked } = elsewhere({
      asksEachTime: false,
      resume: async (_, parameters) =>
        parameters.get('code') === 'good'
          ? { kind: 'authenticated', person: ADA, methods: ['fed'] }
          : { kind: 'refused' },
    });
    const world = await serve(method);
    const browser = world.newBrowser();
    const state = await leave(world, browser);
    const [signIn] = asked;
    expect(signIn?.returnTo).toBe(`${ISSUER}/connect/sign-in/return`);
    expect(await browser.open(`${signIn?.returnTo}?state=${state}&code=bad`)).toMatchObject({
      status: 403,
      ...problem('sign-in-refused'),
    });
    const consent = await browser.open(`${signIn?.returnTo}?state=${state}&code=good`);
    expect(consent.view).toMatchObject({ page: 'consent', person: ADA });
    expect(await browser.open(`${signIn?.returnTo}?state=${state}&code=good`)).toMatchObject(
      problem('sign-in-unknown'),
    );
    const again = await browser.open(world.authorizeUrl(world.clientId));
    expect(again.view).toMatchObject({ page: 'consent', person: ADA });
  });

  test('a second factor is a page of its own between the password and the session', async () => {
    const passed = new Map<string, string>();
    const twoSteps: SignInMethod = {
      begin: async () => ({ kind: 'form' }),
      submit: async ({ form }, fields) => {
        const key = form.fields['transaction'] ?? '';
        if (fields.get('username') === 'ada' && fields.get('password') === 'right') {
          passed.set(key, 'ada');
          const html = JSON.stringify({ page: 'sign-in', action: form.action, ...form.fields });
          return { kind: 'page', page: { html, headers: { 'content-type': 'application/json' } } };
        }
        return passed.get(key) === 'ada' && fields.get('otp') === '123456'
          ? { kind: 'authenticated', person: ADA, methods: ['pwd', 'otp', 'mfa'] }
          : { kind: 'form', status: 403, failure: { kind: 'credentials' } };
      },
    };
    const world = await serve(twoSteps);
    const browser = world.newBrowser();
    const signIn = await browser.open(world.authorizeUrl(world.clientId));
    const { transaction, csrf } = { transaction: signIn.view.interaction, csrf: signIn.view.csrf };
    const post = (fields: Record<string, string>, token = csrf) =>
      browser.post(signIn.view.action, { transaction, csrf: token, ...fields });
    expect((await post({ otp: '123456' })).status).toBe(403);
    expect((await post({ username: 'ada', password: 'right' })).status).toBe(200);
    expect((await post({ otp: '123456' }, 'forged')).view).toMatchObject({ problem: 'form-stale' });
    expect((await post({ otp: '123456' })).view).toMatchObject({ page: 'consent', person: ADA });
  });

  test('passwords are not taken from the return address, where no token is checked', async () => {
    const { method, asked } = elsewhere();
    const world = await serve(method);
    const browser = world.newBrowser();
    await leave(world, browser);
    // The same browser and state, at a server with passwords.
    const withPasswords = createBrowser(createAuthorizationServer(world.options), ISSUER);
    for (const [name, value] of browser.cookies) withPasswords.cookies.set(name, value);
    const query = new URLSearchParams({ state: asked[0]?.state ?? '', username: 'ada', password: 'right' });
    const shown = await withPasswords.open(`${ISSUER}/connect/sign-in/return?${query.toString()}`);
    expect(shown).toMatchObject(problem('sign-in-unknown'));
  });

  test('a method without a form refuses one whose token is right', async () => {
    const world = await serve({ begin: async () => ({ kind: 'form' }) });
    const browser = world.newBrowser();
    const signIn = await browser.open(world.authorizeUrl(world.clientId));
    const shown = await world.answer(browser, signIn, { username: 'ada', password: 'right' });
    expect(shown).toMatchObject(problem('form-unreadable'));
  });
});
