import type { Route } from '@vestibule/http';
import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { createBrowser } from './browser.ts';
import { ISSUER, setUp } from './set-up.ts';

test(
  cite(
    'a password and a decision each result in 303, so that no browser posts them again',
    'rfc9700:4.12:see-other',
    'oauth2.1:7.5.4:see-other',
  ),
  async () => {
    const { server, register, authorizeUrl, openConsent, answer } = setUp();
    const posted: Response[] = [];
    const watched = server.routes.map((route): Route => ({
      ...route,
      endpoint: async (request, info) => {
        const response = await route.endpoint(request, info);
        if (request.method === 'POST' && response !== undefined) posted.push(response);
        return response;
      },
    }));
    const browser = createBrowser({ ...server, routes: watched }, ISSUER);
    const consent = await openConsent(browser, authorizeUrl(await register()));
    const done = await answer(browser, consent, { decision: 'approve' });
    expect(done.view).toMatchObject({ page: 'hand-back', outcome: 'approved' });
    expect(posted.map(({ status }) => status)).toEqual([303, 303]);
    for (const { headers } of posted) {
      expect(headers.get('location')).toMatch(/^\/connect\//);
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    }
  },
);
