import { expect } from 'vitest';
import { type Command, forOne, note } from '../model.ts';
import { both, mayHold } from '../oracle.ts';

/** Both APIs introspect every token of an authorization; the other API learns nothing. */
export const introspect = (which: number): Command =>
  forOne(
    'introspect',
    which,
    ({ accessTokens }) => accessTokens.length > 0,
    async ({ client, flow: { api }, accessTokens, isAllowed }, model, world) => {
      const now = isAllowed ? mayHold(client, world.gates(), api) : [];
      for (const { token, scopes } of accessTokens) {
        const left = both(scopes, now);
        expect(await world.introspect(api, token)).toEqual(left);
        expect(await world.introspect(api === 'notes' ? 'mail' : 'notes', token)).toEqual([]);
        note(model, left.length === 0 ? NOTHING : left.length < scopes.length ? LESS : ALL);
      }
    },
  );

const ALL = 'looked at, and good';
const LESS = 'looked at, and good for less';
const NOTHING = 'looked at, and good for nothing';
