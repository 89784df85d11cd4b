import { lookalikeKey } from './lookalike.ts';

/**
 * The form in which texts are compared: the look-alike key, with letters written as the two letters that they are mistaken
 * for (`d` as `cl`, `w` as `vv`, and by UTS #39 `m` as `rn`). The form of two words in a row is the form of the first
 * followed by the form of the second.
 */
export const comparable = (text: string): string => spelledOut(lookalikeKey(text));

export const spelledOut = (key: string): string => key.replaceAll('w', 'vv').replaceAll('d', 'cl');

/** A look-alike key with one character for each letter, in which slips can be counted. */
export const letterByLetter = (key: string): string =>
  key.includes('rn') || key.includes('vv') ? key.replaceAll('rn', 'm').replaceAll('vv', 'w') : key;
