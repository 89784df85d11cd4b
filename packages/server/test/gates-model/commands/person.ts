import { expect } from 'vitest';
import { type Authorization, type Command, comeTo, forOne, note } from '../model.ts';
import { codeIn, expectRefused, scopesOn } from '../walk.ts';

const isDeciding = ({ stage }: Authorization): boolean => stage === 'deciding';

export const signIn = (which: number): Command =>
  forOne(
    'sign in',
    which,
    ({ stage }) => stage === 'signing-in',
    async (authorization, model, world) => {
      authorization.stage = 'deciding';
      const { browser, person, page } = authorization;
      const shown = comeTo(model, authorization, 'sign-in', world);
      authorization.page = await world.answer(browser, page, { username: person, password: 'right' });
      if (shown.length === 0) {
        note(model, 'refused after signing in');
        return expectRefused(authorization.page);
      }
      expect(scopesOn(authorization.page)).toEqual(shown);
      if (authorization.page.view.held.length > 0) note(model, 'asked for more');
    },
  );

/**
 * Approves the displayed scopes, or the selected ones. If the page has changed, it is displayed again and nothing is
 * decided; the same if no scope is selected.
 */
export const approve = (which: number, wanted?: readonly string[]): Command =>
  forOne(
    `approve ${wanted?.join(' ') ?? 'everything'}`,
    which,
    isDeciding,
    async (authorization, model, world) => {
      const { browser, page, flow } = authorization;
      const before = shownOn(authorization);
      const ticked = scopesOn(page).filter((scope) => wanted?.includes(scope) ?? true);
      const left = comeTo(model, authorization, 'approve', world);
      authorization.page = await world.answer(browser, page, { decision: 'approve', scope: ticked });
      if (left.length === 0) {
        note(model, 'refused at the decision');
        return expectRefused(authorization.page);
      }
      if (authorization.page.view.page === 'consent') {
        authorization.flow = flow;
        expect(scopesOn(authorization.page)).toEqual(left);
        const isStale = shownOn(authorization) !== before;
        expect(authorization.page.status).toBe(isStale ? 409 : 400);
        if (!isStale) expect(ticked).toEqual([]);
        return note(model, isStale ? 'asked anew' : 'nothing ticked');
      }
      expect(left).toEqual(scopesOn(page));
      note(model, ticked.length < left.length ? 'approved in part' : 'approved');
      authorization.flow = { ...authorization.flow, agreed: ticked };
      authorization.stage = 'code';
      authorization.code = codeIn(authorization.page);
    },
  );

export const deny = (which: number): Command =>
  forOne('deny', which, isDeciding, async (authorization, model, world) => {
    const { browser, page } = authorization;
    const before = shownOn(authorization);
    const left = comeTo(model, authorization, 'sign-in', world);
    authorization.page = await world.answer(browser, page, { decision: 'deny' });
    if (left.length === 0) return expectRefused(authorization.page);
    if (authorization.page.view.page === 'consent') return expect(shownOn(authorization)).not.toBe(before);
    authorization.stage = 'over';
    expect(authorization.page.view).toMatchObject({ page: 'hand-back', outcome: 'denied' });
    expect(authorization.page.view.location).not.toContain('code=');
  });

/** What the person sees: what is new, and what is not. */
const shownOn = ({ page: { view } }: Authorization): string => JSON.stringify([view.scopes, view.held]);
