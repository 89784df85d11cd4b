import { lazily } from '../lazily.ts';
import { isAscii } from './ascii-words.ts';
import { lookalikeKey } from './lookalike.ts';
import { type AsciiReplacements, asciiReplacements, replaceAscii } from './replace-ascii.ts';
import { letterFor } from './symbols.ts';

/** The letters of a name, in which a reserved name can be a part of any word. */
export interface NameLetters {
  readonly asWritten: string;
  /** With digits and signs as the letters that they replace. The same text if there are none. */
  readonly asMeant: string;
}

export const nameLetters = (name: string): NameLetters =>
  isAscii(name) ? asciiLetters(name) : lettersOfAnyScript(name);

const SPACING = /[\s\p{Z}\u2800]+/gu;
const PUNCTUATION = /[^\p{L}\p{M}\p{N}\s\p{Z}\u2800]/gu;

/**
 * Punctuation does not separate: `Ac-me` is read as `Acme`, and a single sign counts as the space around it. A space
 * separates, unless both sides of it together are the name as its owner writes it.
 */
export function lettersOf(text: string): string {
  const key = lookalikeKey(text);
  return key.replace(PUNCTUATION, '').replace(SPACING, ' ') || key;
}

export const lettersOfAnyScript = (name: string): NameLetters => ({
  asWritten: lettersOf(name),
  asMeant: lettersOf(meant(name)),
});

const meant = (name: string): string => Array.from(name, (sign) => letterFor(sign) ?? sign).join('');

/** The same letters for an ASCII name, without looking up Unicode properties of each character. */
export function asciiLetters(name: string): NameLetters {
  const small = name.trim().toLowerCase();
  const asWritten = spacedOnce(replaceAscii(small, WRITTEN()));
  const asMeant = spacedOnce(replaceAscii(small, MEANT()));
  return asWritten === '' || asMeant === '' ? lettersOfAnyScript(name) : { asWritten, asMeant };
}

const spacedOnce = (text: string): string => (text.includes('  ') ? text.replace(/ +/g, ' ') : text);

/** The letters of each ASCII character, as by the rules for all scripts. */
const WRITTEN: () => AsciiReplacements = /* @__PURE__ */ lazily(() => asciiReplacements(lettersOfCharacter));
const MEANT: () => AsciiReplacements = /* @__PURE__ */ lazily(() =>
  asciiReplacements((character) => lettersOfCharacter(meant(character))),
);

const lettersOfCharacter = (character: string): string =>
  character.trim() === '' ? ' ' : lookalikeKey(character).replace(PUNCTUATION, '');
