/** The longest name that is kept, in code points. */
export const MAX_NAME_LENGTH = 80;

/**
 * What is looked at of a name, in UTF-16 units. Normalising takes time that grows with the square of a run of
 * combining marks, and strangers send names.
 */
const MAX_RAW_LENGTH = 256;

/** More marks than this on one letter are decoration that covers the text around it. */
const MAX_COMBINING_MARKS = 4;

/** What does not show, moves other text about (bidi controls), or means nothing to a reader. */
const UNSEEN =
  /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\uFFFC\u{1D159}\u{13441}\u{13442}]/gu;
/**
 * What the pages mark names with, and what people read as such a mark: brackets of every kind but those of sentences, quotations and
 * titles, which NFKC leaves as they are; the upright lines of boxes and of what is left of large brackets; ticks and shields.
 */
const MARKERS =
  /(?![(){}\u201A\u201E\u3008-\u300F])[\p{Ps}\p{Pe}]|[\u2308-\u230B\u231C-\u231F\u239B-\u23AD\u23B0\u23B1\u23B8\u23B9\u2500-\u257F\u2611\u2705\u2713\u2714\u2758-\u275A\u2E20-\u2E29\u{1F6E1}\u{1F5F8}\u{1F5F9}]/gu;
const SPACING = /[\s\p{Z}\u0085\u2800]+/gu;
const EXCESS_MARKS = new RegExp(`(\\p{M}{${MAX_COMBINING_MARKS}})\\p{M}+`, 'gu');
const READABLE = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;

/**
 * A stranger's name for itself, made fit to be shown: NFKC, on one line, without bidi, zero-width and control
 * characters and without the marks of our own pages, at most 80 code points. `undefined` where nothing readable is
 * left. Cleaning twice changes nothing.
 *
 * @see {@link https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing UTR #36}
 */
export function cleanName(name: string): string | undefined {
  const head = name.slice(0, MAX_RAW_LENGTH);
  const visible = strip(strip(head).normalize('NFKC')).normalize('NFC').replace(EXCESS_MARKS, '$1');
  const letters = Array.from(visible.trim());
  const isLong = letters.length > MAX_NAME_LENGTH;
  const short = isLong
    ? `${letters
        .slice(0, MAX_NAME_LENGTH - 1)
        .join('')
        .trim()}…`
    : letters.join('');
  return READABLE.test(short) ? short : undefined;
}

const strip = (text: string): string =>
  text.replace(SPACING, ' ').replace(UNSEEN, '').replace(MARKERS, '').replace(SPACING, ' ');
