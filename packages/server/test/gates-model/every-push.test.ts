import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { ISSUER } from '../set-up.ts';
import { REQUESTS, STATES } from './cases.ts';
import { type Kind, SELF_REGISTERED } from './kinds.ts';
import { both, mayHold } from './oracle.ts';
import { type Gates, SCOPES } from './realm.ts';
import { CLOSED, expectRefusedAtOnce } from './walk.ts';
import { createWorld } from './world.ts';

/** A request that is pushed in one state of the gates and used in another. */
interface Push {
  readonly asked: readonly string[] | undefined;
  readonly before: Gates;
  /** Absent: it is not used. */
  readonly after?: Gates;
}

const grantable = (kind: Kind, { asked = SCOPES.notes }: Push, gates: Gates): readonly string[] =>
  both(asked, mayHold(kind, gates, 'notes'));

const pushesOf = (kind: Kind): readonly Push[] =>
  REQUESTS.flatMap((asked) =>
    STATES.flatMap((before): readonly Push[] => {
      const refused = grantable(kind, { asked, before }, before).length === 0;
      return refused ? [{ asked, before }] : STATES.map((after) => ({ asked, before, after }));
    }),
  );

const CASES = SELF_REGISTERED.map((kind) => ({ kind, name: kind.name, pushes: pushesOf(kind) }));
const total = CASES.reduce((sum, { pushes }) => sum + pushes.length, 0);

describe(`${total} ways for gates to move between the pushing of a request and its use`, () => {
  test.each(CASES)(
    cite(
      'a request of a client $name is judged when it is pushed, and again when the person brings it',
      'vestibule:gates:at-authorization',
    ),
    async ({ kind, pushes }) => {
      const world = createWorld();
      const clientId = await world.clientOf(kind);
      for (const push of pushes) {
        const { asked, before, after } = push;
        await world.moveTo(before);
        const { status, body } = await world.push(clientId, 'notes', asked?.join(' '));
        if (after === undefined) {
          expect({ status, ...body }).toMatchObject({ status: 400, error: expect.stringMatching(CLOSED) });
          expect(body).not.toHaveProperty('request_uri');
          continue;
        }
        expect(status).toBe(201);
        await world.moveTo(after);
        const url = new URL('/connect/authorize', ISSUER);
        url.search = new URLSearchParams({ client_id: clientId, request_uri: body.request_uri }).toString();
        const browser = world.newBrowser();
        const shown = await browser.open(url);
        if (grantable(kind, push, after).length === 0) expectRefusedAtOnce(browser, shown);
        else expect(shown.view).toMatchObject({ page: 'sign-in' });
      }
      expect(world.errors).toEqual([]);
    },
  );
});
