/**
 * What makes a terminal do something, turns text about, or does not show: control and format characters, line and
 * paragraph separators, halves of characters.
 */
const HARMFUL = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Text of a stranger, fit for a terminal and on one line: what could do harm there is shown as `(U+202E)`. */
export const harmless = (text: string): string =>
  text.replace(HARMFUL, (character) => `(U+${codePoint(character)})`);

/** Text that somebody typed or sent, repeated in a message. */
export const quoted = (text: string): string => (/^[\w:./-]+$/.test(text) ? text : `“${harmless(text)}”`);

/** JSON text in which whatever could do harm on a terminal is escaped. It means the same. */
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
