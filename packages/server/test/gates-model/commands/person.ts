import { expect } from 'vitest';
import { type Command, comeTo, forOne, note } from '../model.ts';
import { ADA, APPROVE, codeIn, expectRefused, scopesOn } from '../walk.ts';

export const signIn = (which: number): Command =>
  forOne(
    'sign in',
    which,
    ({ stage }) => stage === 'signing-in',
    async (authorization, model, world) => {
      authorization.stage = 'deciding';
      const shown = comeTo(authorization, 'sign-in', world);
      authorization.page = await world.answer(authorization.browser, authorization.page, ADA);
      if (shown.length > 0) return expect(scopesOn(authorization.page)).toEqual(shown);
      note(model, 'refused after signing in');
      expectRefused(authorization.page);
    },
  );

/** Approves what the page shows: where that has changed, the person is shown it anew and has decided nothing. */
export const approve = (which: number): Command =>
  forOne(
    'approve',
    which,
    ({ stage }) => stage === 'deciding',
    async (authorization, model, world) => {
      const { browser, page } = authorization;
      const read = scopesOn(page);
      const before = authorization.flow;
      const left = comeTo(authorization, 'approve', world);
      authorization.page = await world.answer(browser, page, APPROVE);
      if (left.length === 0) {
        note(model, 'refused at the decision');
        return expectRefused(authorization.page);
      }
      if (String(left) !== String(read)) {
        note(model, 'asked anew');
        authorization.flow = before;
        expect(authorization.page.status).toBe(409);
        return expect(scopesOn(authorization.page)).toEqual(left);
      }
      note(model, 'approved');
      authorization.stage = 'code';
      authorization.code = codeIn(authorization.page);
    },
  );

export const deny = (which: number): Command =>
  forOne(
    'deny',
    which,
    ({ stage }) => stage === 'deciding',
    async (authorization, _, world) => {
      const { browser, page } = authorization;
      const read = scopesOn(page);
      const left = comeTo(authorization, 'sign-in', world);
      authorization.page = await world.answer(browser, page, { decision: 'deny' });
      if (left.length === 0) return expectRefused(authorization.page);
      if (String(left) !== String(read)) return expect(authorization.page.status).toBe(409);
      authorization.stage = 'over';
      expect(authorization.page.view).toMatchObject({ page: 'hand-back', outcome: 'denied' });
      expect(authorization.page.view.location).not.toContain('code=');
    },
  );
