import type { GateChange, GateName } from '@vestibule/core/operator';
import { Refused } from '@vestibule/database';
import type { RealmOptions } from '../options/common.ts';
import { quoted } from '../output/harmless.ts';
import { unknownName } from '../output/unknown-name.ts';
import { printResult } from '../output/print.ts';
import { inRealm } from '../realm/in-realm.ts';
import type { CommandContext } from '../context/command-context.ts';
import { selectGates } from './selection.ts';
import { gateStates, isSameGate, nameOf } from './gate-states.ts';

interface Outcome {
  readonly gate: GateName;
  readonly change: GateChange;
}

/**
 * Opens or closes gates, or none if one of them does not exist.
 *
 * @throws Refused if one of them does not exist
 */
export async function setGates(
  context: CommandContext,
  options: RealmOptions,
  words: readonly string[],
  open: boolean,
): Promise<void> {
  const gates = selectGates(words);
  const outcomes = await inRealm(context, options, async ({ actor, realm, operator }) => {
    const known = gateStates(realm);
    const unknown = gates.find((gate) => !known.some((one) => isSameGate(one, gate)));
    if (unknown !== undefined) throw new Refused(unknownGate(unknown, known));
    const done: Outcome[] = [];
    for (const gate of gates) {
      done.push({ gate, change: await operator.gates.set(actor, realm.id, gate, open) });
    }
    return done;
  });
  printResult(context, options, {
    document: outcomes.map(({ gate, change }) => ({ ...gate, open, change })),
    text: () => outcomes.map((outcome) => sentence(outcome, open)).join('\n'),
  });
  const lost = outcomes.find(({ change }) => change === 'missing');
  if (lost !== undefined) {
    throw new Refused(`${subject(lost.gate)} was removed from the realm while the command ran.`);
  }
}

function sentence({ gate, change }: Outcome, open: boolean): string {
  const state = open ? 'open' : 'closed';
  switch (change) {
    case 'changed':
      return `${subject(gate)} is now ${state}.`;
    case 'unchanged':
      return `${subject(gate)} was already ${state}.`;
    case 'missing':
      return `${subject(gate)} no longer exists.`;
  }
}

function subject(gate: GateName): string {
  switch (gate.gate) {
    case 'realm':
      return 'Registration in the realm';
    case 'documents':
      return 'The realm for metadata documents';
    case 'api':
      return `The API ${quoted(gate.of)}`;
    case 'scope':
      return `The scope ${quoted(gate.of)}`;
  }
}

function unknownGate(gate: GateName, known: readonly GateName[]): string {
  const names = known.filter((one) => one.gate === gate.gate).map(nameOf);
  return `${unknownName(gate.gate === 'api' ? 'API' : 'scope', nameOf(gate), names)} Nothing was changed.`;
}
