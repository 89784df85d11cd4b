/** The longest name that is kept, in code points. */
export const MAX_NAME_LENGTH = 80;

/** More marks than this on one letter are decoration that covers the text around it. */
const MAX_COMBINING_MARKS = 4;

/** What does not show, moves other text about (bidi controls), or means nothing to a reader. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]/gu;
const SPACING = /[\s\p{Z}\u0085]+/gu;
const EXCESS_MARKS = new RegExp(`(\\p{M}{${MAX_COMBINING_MARKS}})\\p{M}+`, 'gu');
const READABLE = /[\p{L}\p{N}\p{S}]/u;

/**
 * A stranger's name for itself, made fit to be shown: NFKC, on one line, without bidi, zero-width and control
 * characters, at most 80 code points. `undefined` where nothing readable is left. Cleaning twice changes nothing.
 *
 * @see {@link https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing UTR #36}
 */
export function cleanName(name: string): string | undefined {
  const visible = strip(strip(name).normalize('NFKC')).normalize('NFC').replace(EXCESS_MARKS, '$1');
  const short = Array.from(visible.trim()).slice(0, MAX_NAME_LENGTH).join('').trim();
  return READABLE.test(short) ? short : undefined;
}

const strip = (text: string): string => text.replace(SPACING, ' ').replace(UNSEEN, '');
