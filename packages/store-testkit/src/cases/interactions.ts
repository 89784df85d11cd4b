import { strict as assert } from 'node:assert';
import type { Decision } from '@vestibule/server';
import { scramble } from '../check/scramble.ts';
import { times } from '../check/times.ts';
import { connectionCase, storeCase, type StoreCase } from '../harness/case.ts';
import { call, perform } from '../race/call.ts';
import { raceCases } from '../race/race-cases.ts';
import { RACERS } from '../race/race.ts';
import { HERE, type Place } from '../sample/place.ts';
import { UNICODE } from '../sample/text.ts';
import { DAY, NOW } from '../sample/time.ts';
import { grant } from '../sample/grant.ts';
import { interactionShelf } from '../sample/interaction.ts';
import { apartCases } from '../shelf/apart.ts';
import { copiedInCases, copiedOutCases } from '../shelf/copies.ts';
import { exactKeyCases } from '../shelf/exact-keys.ts';
import { clocklessCases, sweepCases } from '../shelf/expiry.ts';
import { keptCases } from '../shelf/kept.ts';
import { onceCases } from '../shelf/once.ts';
import { strangeKeyCase } from '../shelf/strange-keys.ts';

const approved = (subject = 'ada'): Decision => ({
  kind: 'approved',
  refreshable: true,
  subject,
  scopes: ['write', 'read'],
  at: NOW,
  authentication: { at: NOW - 1, methods: ['pwd', 'otp'] },
  endsAt: NOW + DAY,
  displayed: { name: 'Carnet', language: 'fr', redirectUri: 'http://127.0.0.1:4711/cb' },
});
const denied: Decision = { kind: 'denied', at: NOW };

const DECISIONS: Readonly<Record<string, Decision>> = {
  approved: approved(),
  'approved-with-the-least': {
    kind: 'approved',
    refreshable: true,
    subject: 'ada',
    scopes: [],
    at: 0,
    authentication: { at: 0, methods: [] },
  },
  denied,
  refused: { kind: 'refused', error: 'invalid_scope', description: UNICODE, at: NOW },
};

const { make, insert, find } = interactionShelf;
const begun = (place: Place = HERE) => insert(make(place));

const decisionCases = Object.entries(DECISIONS).map(([name, decision]) =>
  storeCase(`interactions.decide.${name}`, 'a decision comes back as it was made', async (stores) => {
    await perform(stores, begun());
    assert.deepStrictEqual(await find(stores, HERE), make(HERE));
    assert.deepStrictEqual(await stores.interactions.decide('main', 'one', decision), {
      decision,
      made: true,
    });
    assert.deepStrictEqual(await find(stores, HERE), { ...make(HERE), decision });
  }),
);

export const interactionCases: readonly StoreCase[] = [
  ...keptCases(interactionShelf),
  ...onceCases(interactionShelf),
  ...apartCases(interactionShelf),
  ...copiedInCases(interactionShelf),
  ...copiedOutCases(interactionShelf),
  ...exactKeyCases(interactionShelf),
  strangeKeyCase(interactionShelf, 'find', (key) => call('interactions', 'find', 'main', key)),
  strangeKeyCase(interactionShelf, 'decide', (key) => call('interactions', 'decide', 'main', key, denied)),
  ...clocklessCases(interactionShelf),
  ...sweepCases(interactionShelf),
  ...decisionCases,
  connectionCase(
    'interactions.decide',
    'a decision is visible over every connection',
    async (here, there) => {
      await perform(here, begun());
      assert.deepStrictEqual(await find(there, HERE), make(HERE));
      await here.interactions.decide('main', 'one', denied);
      assert.deepStrictEqual(await find(there, HERE), { ...make(HERE), decision: denied });
      assert.deepStrictEqual(await there.interactions.decide('main', 'one', approved()), {
        decision: denied,
        made: false,
      });
    },
  ),
  storeCase('interactions.decide.stands', 'the first decision is final', async (stores) => {
    const { interactions } = stores;
    await perform(stores, begun());
    await interactions.decide('main', 'one', denied);
    for (const later of [approved(), denied, { ...denied, at: NOW + 1 }]) {
      assert.deepStrictEqual(await interactions.decide('main', 'one', later), {
        decision: denied,
        made: false,
      });
    }
    assert.equal(await perform(stores, begun()), 'exists');
    assert.deepStrictEqual(await find(stores, HERE), { ...make(HERE), decision: denied });
  }),
  storeCase(
    'interactions.decide.realms-apart',
    'deciding in one realm leaves the others alone',
    async (stores) => {
      for (const realm of ['main', 'other']) await perform(stores, begun({ ...HERE, realm }));
      await stores.interactions.decide('other', 'one', denied);
      assert.equal(await stores.interactions.decide('third', 'one', denied), undefined);
      assert.deepStrictEqual(await find(stores, HERE), make(HERE));
    },
  ),
  storeCase(
    'interactions.decide.copies',
    'changing a passed or returned decision does not change the stored one',
    async (stores) => {
      const { interactions } = stores;
      await perform(stores, begun());
      const passed = structuredClone(approved());
      const answer = await interactions.decide('main', 'one', passed);
      scramble(passed);
      scramble(answer);
      scramble(await interactions.decide('main', 'one', denied));
      assert.deepStrictEqual(await find(stores, HERE), { ...make(HERE), decision: approved() });
    },
  ),
  storeCase(
    'interactions.decide.grants',
    'a decision that is made adds its grant, not yet opened',
    async (stores) => {
      await perform(stores, begun());
      const granted = grant({ realm: 'main', key: 'granted' });
      const standing = await stores.interactions.decide('main', 'one', approved(), granted);
      assert.deepStrictEqual(standing, { decision: approved(), made: true });
      assert.deepStrictEqual(await stores.grants.findUnopened('main', 'granted'), granted);
      assert.deepStrictEqual(await find(stores, HERE), { ...make(HERE), decision: approved() });
    },
  ),
  storeCase(
    'interactions.decide.grants-nothing',
    'a decision that is not made adds no grant',
    async (stores) => {
      const granted = grant({ realm: 'main', key: 'granted' });
      assert.equal(await stores.interactions.decide('main', 'one', approved(), granted), undefined);
      await perform(stores, begun());
      await stores.interactions.decide('main', 'one', denied);
      const standing = await stores.interactions.decide('main', 'one', approved(), granted);
      assert.deepStrictEqual(standing, { decision: denied, made: false });
      assert.equal(await stores.grants.findUnopened('main', 'granted'), undefined);
    },
  ),
  storeCase(
    'interactions.decide.all-or-nothing',
    'a decision whose grant cannot be added is not made',
    async (stores) => {
      await perform(stores, begun());
      const existing = grant({ realm: 'main', key: 'granted' });
      await stores.grants.insert(existing);
      const other = { ...existing, subject: 'grace' };
      await assert.rejects(() => stores.interactions.decide('main', 'one', approved(), other));
      assert.deepStrictEqual(await find(stores, HERE), make(HERE));
      assert.deepStrictEqual(await stores.grants.findUnopened('main', 'granted'), existing);
    },
  ),
  ...raceCases({
    id: 'interactions.decide.once-of-20',
    title: 'exactly one decision is made, and every result contains it',
    heat: (key) => {
      const place = { realm: 'main', key };
      const decisions = times(RACERS, (number) => approved(`subject-${number}`));
      return {
        prepare: (stores) => perform(stores, begun(place)),
        calls: decisions.map((decision) => call('interactions', 'decide', 'main', key, decision)),
        judge: async (answers, stores) => {
          const standing = (await find(stores, place))?.decision;
          const expected = decisions.map((decision) => ({
            decision: standing,
            made:
              decision.kind === 'approved' &&
              standing?.kind === 'approved' &&
              decision.subject === standing.subject,
          }));
          assert.equal(expected.filter(({ made }) => made).length, 1);
          assert.deepStrictEqual(answers, expected);
        },
      };
    },
  }),
];
