import { strict as assert } from 'node:assert';
import type { Change, Stores, Unmet } from '@vestibule/server';
import { eventFailureCase, storeCase, type StoreCase } from '../../harness/case.ts';
import { append, IMPOSSIBLE, insertInteraction, reserve } from './changes.ts';
import { pictureOf } from './picture.ts';

/** A change in a situation. */
interface Situation {
  /** The end of the id of its cases. */
  readonly name: string;
  /** What must hold, as a sentence. */
  readonly title: string;
  readonly before?: (stores: Stores) => Promise<unknown>;
  readonly change: Change;
}

/** A change whose condition holds. */
export interface Made extends Situation {
  /** Asserts that it was made. */
  readonly check: (stores: Stores) => Promise<void>;
}

/** A change whose condition does not hold. */
export interface Unmade extends Situation {
  readonly unmet: Unmet;
}

/** Changes of other kinds that have to be undone if a later condition fails. */
const WITNESSES: readonly Change[] = [
  append(1),
  reserve('witness', { uses: 1 }),
  insertInteraction({ realm: 'main', key: 'witness' }),
];

/** The cases of a kind of change: each is made; the first one is also undone; conditions that do not hold undo the others. */
export const changeCases = (made: readonly Made[], unmade: readonly Unmade[] = []): readonly StoreCase[] => [
  ...made.map(madeCase),
  ...made.slice(0, 1).flatMap((one) => [undoneCase(one), unrecordedCase(one)]),
  ...unmade.map(unmadeCase),
];

const idOf = ({ name, change }: Situation, suffix = ''): string => `commit.${change.kind}.${name}${suffix}`;

const madeCase = (made: Made): StoreCase =>
  storeCase(idOf(made), made.title, async (stores) => {
    await made.before?.(stores);
    assert.deepStrictEqual(await stores.commit([made.change]), { committed: true });
    await made.check(stores);
  });

const undoneCase = (made: Made): StoreCase =>
  storeCase(
    idOf(made, '-undone'),
    `nothing is left of a change whose commit fails by a later condition: ${made.change.kind}`,
    async (stores) => {
      await made.before?.(stores);
      const before = await pictureOf(stores);
      const outcome = await stores.commit([made.change, IMPOSSIBLE]);
      assert.deepStrictEqual(outcome, { committed: false, index: 1, unmet: { kind: 'session.require' } });
      assert.deepStrictEqual(await pictureOf(stores), before);
      assert.deepStrictEqual(await stores.commit([made.change]), { committed: true });
      await made.check(stores);
    },
  );

const unrecordedCase = (made: Made): StoreCase =>
  eventFailureCase(
    idOf(made, '-unrecorded'),
    `nothing is left of a change whose event cannot be recorded: ${made.change.kind}`,
    async (stores, failEvents) => {
      await made.before?.(stores);
      const before = await pictureOf(stores);
      await failEvents();
      await assert.rejects(stores.commit([made.change, append(9)]));
      assert.deepStrictEqual(await pictureOf(stores), before);
    },
  );

const unmadeCase = (unmade: Unmade): StoreCase =>
  storeCase(idOf(unmade), unmade.title, async (stores) => {
    await unmade.before?.(stores);
    const before = await pictureOf(stores);
    const outcome = await stores.commit([...WITNESSES, unmade.change, append(9)]);
    assert.deepStrictEqual(outcome, { committed: false, index: WITNESSES.length, unmet: unmade.unmet });
    assert.deepStrictEqual(await pictureOf(stores), before);
  });
