import { lookalikeKey } from './lookalike.ts';

/**
 * What a text is compared by: its look-alike key, with letters spelled as the two that they are mistaken for (`d` as `cl`,
 * `w` as `vv`, and by UTS #39 `m` as `rn`). The form of two words in a row is that of the first and that of the second.
 */
export const comparable = (text: string): string => spelledOut(lookalikeKey(text));

export const spelledOut = (key: string): string => key.replaceAll('w', 'vv').replaceAll('d', 'cl');

/** A look-alike key letter by letter, so that slips can be counted. */
export const letterByLetter = (key: string): string => key.replaceAll('rn', 'm').replaceAll('vv', 'w');
