import type { GateChange, GateName } from '@vestibule/core';
import type { RealmOptions } from '../options/common.ts';
import { quoted } from '../output/harmless.ts';
import { tell } from '../output/print.ts';
import { inRealm } from '../realm/in-realm.ts';
import { Refused } from '../errors/refused.ts';
import type { Surroundings } from '../context/context.ts';
import { selectGates } from './selection.ts';
import { gateStates, isSameGate, nameOf } from './gate-states.ts';

interface Outcome {
  readonly gate: GateName;
  readonly change: GateChange;
}

/**
 * Opens or closes gates. Where one of them is not there, none is touched.
 *
 * @throws Refused where one of them is not there
 */
export async function setGates(
  surroundings: Surroundings,
  options: RealmOptions,
  words: readonly string[],
  open: boolean,
): Promise<void> {
  const gates = selectGates(words);
  const outcomes = await inRealm(surroundings, options, async ({ realm, administration }) => {
    const known = gateStates(realm);
    const unknown = gates.find((gate) => !known.some((one) => isSameGate(one, gate)));
    if (unknown !== undefined) throw new Refused(thereIsNo(unknown, known));
    const done: Outcome[] = [];
    for (const gate of gates) {
      done.push({ gate, change: await administration.setGate(realm.id, gate, open) });
    }
    return done;
  });
  tell(surroundings, options, {
    document: outcomes.map(({ gate, change }) => ({ ...gate, open, change })),
    text: () => outcomes.map((outcome) => sentence(outcome, open)).join('\n'),
  });
  const lost = outcomes.find(({ change }) => change === 'missing');
  if (lost !== undefined) throw new Refused(`${subject(lost.gate)} has just been taken out of the realm.`);
}

function sentence({ gate, change }: Outcome, open: boolean): string {
  const state = open ? 'open' : 'closed';
  switch (change) {
    case 'changed':
      return `${subject(gate)} is ${state} now.`;
    case 'unchanged':
      return `${subject(gate)} was ${state} already.`;
    case 'missing':
      return `${subject(gate)} is not there any more.`;
  }
}

const subject = (gate: GateName): string =>
  gate.gate === 'realm'
    ? 'The realm’s door'
    : `The ${gate.gate === 'api' ? 'API' : 'scope'} ${quoted(gate.of)}`;

function thereIsNo(gate: GateName, known: readonly GateName[]): string {
  const names = known.filter((one) => one.gate === gate.gate).map(nameOf);
  const noun = gate.gate === 'api' ? 'API' : 'scope';
  const there = names.length === 0 ? 'There is none at all.' : `There is ${names.map(quoted).join(', ')}.`;
  return `The realm has no ${noun} ${quoted(nameOf(gate))}. ${there} Nothing was changed.`;
}
