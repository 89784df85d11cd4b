import type { GateName } from '@vestibule/core/operator';
import { quoted } from '../output/harmless.ts';
import { WrongUsage } from '../options/wrong-usage.ts';

const KINDS: ReadonlySet<string> = new Set(['realm', 'documents', 'api', 'scope']);

/**
 * Parses the names of gates: `realm`, `documents`, `api ID…`, `scope NAME…`, in any combination. The word after `api` or `scope` is
 * always a name, even if it is one of these words.
 *
 * @throws WrongUsage if a word names no gate
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
    } else if (word === 'realm' || word === 'documents') {
      gates.push({ gate: word });
      kind = undefined;
    } else {
      kind = word === 'api' ? 'api' : 'scope';
      isNameDue = true;
    }
  }
  if (isNameDue) {
    throw new WrongUsage(
      `${kind} must be followed by ${kind === 'api' ? 'the id of an API' : 'the name of a scope'}.`,
    );
  }
  return gates;
}

const unknownWord = (word: string): string =>
  `${quoted(word)} is not a gate. Use realm, documents, api ID… or scope NAME….`;
