import { expect } from 'vitest';
import type { Kind } from '../kinds.ts';
import { type Authorization, type Command, comeTo, forOne, note } from '../model.ts';
import { introduce } from '../oracle.ts';
import { type ApiId, RESOURCES } from '../realm.ts';
import { expectHeld, expectRefusedAtOnce } from '../walk.ts';

export const register = (kind: Kind): Command => ({
  check: () => true,
  async run(model, world) {
    const expected = introduce(kind, world.gates());
    const outcome = await world.introduce(kind);
    expect(outcome.outcome).toBe(typeof expected === 'string' ? expected : 'registered');
    if (typeof expected === 'string' || outcome.outcome !== 'registered') return;
    note(model, 'registered');
    const { ceiling, madeBy } = expected;
    model.clients.push({ ceiling, madeBy, refreshes: kind.refreshes, clientId: outcome.clientId });
  },
  toString: () => `register a client ${kind.name}`,
});

export const authorize = (
  which: number,
  person: string,
  api: ApiId,
  asked: readonly string[] | undefined,
): Command => ({
  check: ({ clients }) => clients.length > 0,
  async run(model, world) {
    const client = model.clients[which % model.clients.length];
    if (client === undefined) return;
    const browser = world.newBrowser();
    const page = await browser.open(world.authorizeUrl(client.clientId, api, asked?.join(' ')));
    const flow = { kind: client, api, ...(asked && { asked }), isOver: false };
    const authorization: Authorization = {
      client,
      browser,
      person,
      flow,
      stage: 'signing-in',
      page,
      code: '',
      refreshTokens: [],
      accessTokens: [],
      isAllowed: false,
    };
    if (comeTo(model, authorization, 'authorize', world).length === 0) {
      note(model, 'refused at once');
      return expectRefusedAtOnce(browser, page);
    }
    expect(page.view).toMatchObject({ page: 'sign-in' });
    model.authorizations.push(authorization);
  },
  toString: () => `${person} authorizes ${which} at ${api} for ${asked?.join(' ') ?? 'anything'}`,
});

/** Exchanges a code with the resource of its API, none or another. Another resource leaves the code usable. */
export const exchange = (which: number, named: 'it' | 'none' | 'another'): Command =>
  forOne(
    `exchange, naming ${named}`,
    which,
    ({ stage }) => stage === 'code',
    async (authorization, model, world) => {
      const { client, flow, code } = authorization;
      const resource = resourceNamed(flow.api, named);
      const answer = await world.exchange(client.clientId, code, { resource });
      if (named === 'another') {
        return expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_target' } });
      }
      authorization.stage = 'grant';
      const scopes = comeTo(model, authorization, 'exchange', world);
      note(model, scopes.length > 0 ? 'exchanged' : 'refused at the exchange');
      expectHeld(world, { kind: client, clientId: client.clientId, api: flow.api }, answer, scopes);
      if (scopes.length === 0) return;
      authorization.isAllowed = true;
      keep(authorization, answer.body, scopes);
    },
  );

/** Presents a code again: two parties had it, so its grant ends. */
export const exchangeAgain = (which: number): Command =>
  forOne(
    'exchange again',
    which,
    ({ stage, code }) => code !== '' && (stage === 'grant' || stage === 'over'),
    async (authorization, model, world) => {
      const { client, code, stage } = authorization;
      if (stage === 'grant') note(model, 'ended by its code');
      authorization.stage = 'over';
      authorization.isAllowed = false;
      const answer = await world.exchange(client.clientId, code, { resource: '' });
      expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    },
  );

/** Refreshes with all scopes or fewer, and with the resource of its API, none or another. */
export const refresh = (
  which: number,
  named: 'it' | 'none' | 'another',
  asked: readonly string[] | undefined,
): Command =>
  forOne(
    `refresh for ${asked?.join(' ') ?? 'all'}, naming ${named}`,
    which,
    ({ stage }) => stage === 'grant',
    async (authorization, model, world) => {
      const { client, flow, refreshTokens } = authorization;
      const fields = { resource: resourceNamed(flow.api, named), ...(asked && { scope: asked.join(' ') }) };
      const answer = await world.refresh(client.clientId, refreshTokens.at(-1) ?? '', fields);
      if (named === 'another') {
        return expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_target' } });
      }
      const held = comeTo(model, authorization, 'refresh', world);
      const scopes = held.filter((scope) => asked?.includes(scope) ?? true);
      note(model, scopes.length > 0 ? 'refreshed' : 'refused at a refresh');
      expectHeld(world, { kind: client, clientId: client.clientId, api: flow.api }, answer, scopes);
      if (scopes.length > 0) keep(authorization, answer.body, scopes);
    },
  );

/**
 * Refreshes with a used token at the same time. The two before the newest return their successors again; an older one is a
 * replay and ends the grant. A closed gate is checked first.
 */
export const refreshAgain = (which: number, back: number): Command =>
  forOne(
    `refresh with the token ${back} before`,
    which,
    ({ stage, refreshTokens }) => stage === 'grant' && refreshTokens.length > back,
    async (authorization, model, world) => {
      const { client, flow, refreshTokens } = authorization;
      const scopes = comeTo(model, authorization, 'refresh', world);
      const answer = await world.refresh(client.clientId, refreshTokens.at(-1 - back) ?? '');
      if (scopes.length === 0 || back <= 2) {
        note(model, scopes.length > 0 ? 'refreshed again' : 'refused at a refresh');
        expectHeld(world, { kind: client, clientId: client.clientId, api: flow.api }, answer, scopes);
        if (scopes.length > 0) expect(answer.body.refresh_token).toBe(refreshTokens.at(-back));
        return;
      }
      note(model, 'ended by an old refresh token');
      authorization.stage = 'over';
      authorization.isAllowed = false;
      expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    },
  );

function keep(
  { accessTokens, refreshTokens }: Authorization,
  body: { readonly access_token: string; readonly refresh_token?: string },
  scopes: readonly string[],
): void {
  accessTokens.push({ token: body.access_token, scopes });
  if (body.refresh_token !== undefined) refreshTokens.push(body.refresh_token);
}

/** An empty parameter counts as absent. */
function resourceNamed(api: ApiId, named: 'it' | 'none' | 'another'): string {
  if (named === 'none') return '';
  return RESOURCES[(api === 'notes') === (named === 'it') ? 'notes' : 'mail'];
}
