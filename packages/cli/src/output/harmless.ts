/**
 * Characters that control a terminal, change the direction of text, or are invisible: control and format characters, line
 * and paragraph separators, lone surrogates.
 */
const HARMFUL = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Makes untrusted text safe for one line of a terminal: replaces harmful characters by their code points, as `(U+202E)`. */
export const harmless = (text: string): string =>
  text.replace(HARMFUL, (character) => `(U+${codePoint(character)})`);

/** Quotes untrusted text in a message. */
export const quoted = (text: string): string => (/^[\w:./-]+$/.test(text) ? text : `“${harmless(text)}”`);

/** Escapes characters in JSON text that are harmful on a terminal. The value stays the same. */
export const harmlessJson = (json: string): string =>
  json.replace(HARMFUL, (character) =>
    character === '\n'
      ? character
      : Array.from({ length: character.length }, (_, unit) => escapeUnit(character, unit)).join(''),
  );

const escapeUnit = (character: string, unit: number): string =>
  `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`;

const codePoint = (character: string): string =>
  (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
