import type { GateName } from '@vestibule/core';
import { quoted } from '../output/harmless.ts';
import { WrongUsage } from '../errors/refused.ts';

const KINDS: ReadonlySet<string> = new Set(['realm', 'api', 'scope']);

/**
 * Reads which gates are meant: `realm`, `api ID…`, `scope NAME…`, one after the other. What stands directly behind `api`
 * and `scope` is a name, even where it is one of these words.
 *
 * @throws WrongUsage where it names no gates
 */
export function selectGates(words: readonly string[]): readonly GateName[] {
  const gates: GateName[] = [];
  let kind: 'api' | 'scope' | undefined;
  let isNameDue = false;
  for (const word of words) {
    if (isNameDue || !KINDS.has(word)) {
      if (kind === undefined) throw new WrongUsage(unknownWord(word));
      gates.push({ gate: kind, of: word });
      isNameDue = false;
    } else if (word === 'realm') {
      gates.push({ gate: 'realm' });
      kind = undefined;
    } else {
      kind = word === 'api' ? 'api' : 'scope';
      isNameDue = true;
    }
  }
  if (isNameDue) throw new WrongUsage(`${kind} is the last word, and nothing says which one.`);
  return gates;
}

const unknownWord = (word: string): string =>
  `${quoted(word)} is no gate; say realm, api ID… or scope NAME….`;
