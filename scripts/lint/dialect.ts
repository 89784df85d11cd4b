/** Phrases that comments, test titles and documents avoid, each with what to write instead. */
const PHRASES: readonly (readonly [phrase: RegExp, instead: string])[] = [
  [/\bwhere there (?:is|are) (?:no|none)\b/i, 'if no … exists'],
  [/\b(?:anybody|nobody|somebody|whoever)\b/i, 'a component, a client, a person or an operator'],
  [/, for one(?=[,.;:)]|$)/i, 'for example'],
  [/\bintroduc(?:e|ed|es|ing) (?:itself|themselves)\b/i, 'register, dynamic client'],
  [/\boperator made\b/i, 'pre-registered client'],
  [/\b(?:taken|takes|took) (?:it |this )?down\b/i, 'record'],
  [/\b(?:asleep|awake|wakes|woken)\b/i, 'hibernated, active, reactivated'],
  [/\bparted by\b/i, 'separated by'],
  [/\b(?:came|comes) to nothing\b/i, 'without a result'],
  [/\bvouch(?:ed|er|es|ing)?\b/i, 'verify, statement issuer'],
  [/\bthe door\b/i, 'registration'],
];

/** Names in code keep their words. */
const CODE = /`[^`]*`/g;

/** What a text says in words that the style guide replaces, with the replacement. */
export const dialectIn = (text: string): readonly string[] =>
  PHRASES.flatMap(([phrase, instead]) => {
    const [found] = phrase.exec(text.replaceAll(CODE, '')) ?? [];
    return found === undefined ? [] : [`“${found.replace(/^, /, '')}”: write “${instead}”`];
  });
