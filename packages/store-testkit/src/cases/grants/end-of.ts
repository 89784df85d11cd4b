import { strict as assert } from 'node:assert';
import { storeCase, type StoreCase } from '../../harness/case.ts';
import { call } from '../../race/call.ts';
import { raceCases } from '../../race/race-cases.ts';
import { mixed } from '../../race/mixed.ts';
import { grant } from '../../sample/grant.ts';
import { DAY, NOW } from '../../sample/time.ts';
import { tally } from '../../check/tally.ts';
import { assertOver, grantOf, LIFETIME, MAIN, openFamily } from './family.ts';

const ADAS = ['main', 'ada', 'notes', NOW] as const;
const opening = { ...MAIN, at: NOW, expiresAt: NOW + DAY };

export const endOfCases: readonly StoreCase[] = [
  storeCase(
    'grants.endOf.opened-and-not',
    'the grants of a person to a client end, opened or not, and are returned once',
    async ({ grants }) => {
      await openFamily(grants);
      await grants.insert(grant({ realm: 'main', key: 'two' }));
      assert.deepStrictEqual((await grants.endOf(...ADAS)).toSorted(), ['one', 'two']);
      assert.deepStrictEqual(await grants.endOf(...ADAS), []);
      await assertOver(grants, ['r1']);
      assert.equal(await grants.open({ ...opening, id: 'two' }), 'already-open');
      assert.deepStrictEqual((await grants.listEnded('main', NOW)).toSorted(), ['one', 'two']);
    },
  ),
  storeCase(
    'grants.endOf.others',
    'grants of others, to other clients, or expired ones stay unchanged',
    async ({ grants }) => {
      await openFamily(grants);
      await openFamily(grants, { ...MAIN, realm: 'other' });
      await grants.insert(grant({ realm: 'main', key: 'graces' }, 'grace'));
      await grants.insert({ ...grant({ realm: 'main', key: 'mails' }), clientId: 'mail' });
      await grants.insert({ ...grant({ realm: 'main', key: 'expired' }), expiresAt: NOW });
      assert.deepStrictEqual(await grants.endOf(...ADAS), ['one']);
      const other = { ...MAIN, realm: 'other' };
      assert.deepStrictEqual(await grants.findByRefreshToken('other', 'r1'), grantOf(other));
      for (const id of ['graces', 'mails', 'expired']) {
        assert.equal(await grants.open({ ...opening, id }), 'opened');
      }
    },
  ),
  ...raceCases({
    id: 'grants.endOf.against-open',
    title: 'nothing of a grant is valid after its end, whatever opens it',
    heat: (realm) => ({
      prepare: ({ grants }) => grants.insert(grant({ realm, key: 'one' })),
      calls: mixed(
        (number) => {
          const token = { hash: `r1-${number}`, expiresAt: NOW + LIFETIME };
          return call('grants', 'open', { realm, id: 'one', at: NOW, expiresAt: NOW + LIFETIME, token });
        },
        () => call('grants', 'endOf', realm, 'ada', 'notes', NOW),
      ),
      judge: async (answers, { grants }) => {
        const { opened = 0 } = tally(answers);
        assert.ok(opened <= 1, `${opened} opened it`);
        assert.deepStrictEqual(
          answers.flatMap((answer) => (Array.isArray(answer) ? answer : [])),
          ['one'],
        );
        assert.equal(await grants.find(realm, 'one'), undefined);
      },
    }),
  }),
];
