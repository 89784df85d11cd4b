import type { Directory } from './directory.ts';
import { editDistance } from './edit-distance.ts';
import { differsBeyond } from './letters-in.ts';
import type { Match } from './name-match.ts';
import type { Reading, Stretch } from './reading.ts';
import type { Spelling } from './spelling.ts';

/** Names that differ from words, or from as many runs of letters in a row as a name has parts, by one or two slips. */
export function findSlips({ single, inARow }: Reading, directory: Directory): readonly Match[] {
  const matches: Match[] = [];
  for (const stretch of single) pushNear(matches, stretch, directory);
  for (const count of directory.partCounts) {
    for (const stretch of inARow(count)) pushNear(matches, stretch, directory);
  }
  return matches;
}

/** Adds the names that are near. A vendor's own name is not a slip. */
function pushNear(matches: Match[], stretch: Stretch, { byForm, long }: Directory): void {
  const { parts, from, to, form, bits, shelves } = stretch;
  for (const shelf of shelves) {
    for (const spelling of long.get(shelf) ?? []) {
      if (differsBeyond(bits, spelling.bits, MOST_SLIPS) || !isNear(parts, spelling)) continue;
      if (byForm.has(form)) return;
      matches.push({ spelling, from, to, isClear: !spelling.isCommon });
    }
  }
}

/** Shorter parts of a name have to be equal: `LMN Studio` is not `LM Studio`. */
const FEWEST_LETTERS_OF_PART = 4;
/** Names of one part with this many letters are recognized in spite of two slips. */
const FEWEST_LETTERS_FOR_TWO = 10;
const MOST_SLIPS = 2;

/** Whether all parts but one equal those of a name, and the remaining one is close. */
function isNear(parts: readonly string[], { parts: names, isCommon }: Spelling): boolean {
  const index = parts.findIndex((part, at) => part !== names[at]);
  const [part = '', name = ''] = [parts[index], names[index]];
  if (parts.slice(index + 1).some((other, after) => other !== names[index + 1 + after])) return false;
  if (name.length < FEWEST_LETTERS_OF_PART) return false;
  // Ordinary words have many similar words.
  const atMost = !isCommon && name.length >= FEWEST_LETTERS_FOR_TWO && names.length === 1 ? MOST_SLIPS : 1;
  return editDistance(part, name, atMost) <= atMost;
}
