/** The longest stored name, in code points. */
export const MAX_NAME_LENGTH = 80;

/**
 * The part of a name that is read, in UTF-16 units. The time for normalization grows with the square of a run of combining
 * marks, and clients choose their names.
 */
const MAX_RAW_LENGTH = 256;

/** More combining marks on one letter are decoration that covers the text around it. */
const MAX_COMBINING_MARKS = 4;

/** Characters that are invisible, that reorder other text (bidi controls), or that have no meaning for readers. */
const UNSEEN =
  /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\uFFFC\u{1D159}\u{13441}\u{13442}]/gu;
/**
 * The characters of the markers on our pages and what looks like them: all brackets that NFKC leaves unchanged, except those
 * of sentences, quotations and titles; vertical lines of boxes and of parts of large brackets; ticks and shields.
 */
const MARKERS =
  /(?![(){}\u201A\u201E\u3008-\u300F])[\p{Ps}\p{Pe}]|[\u2308-\u230B\u231C-\u231F\u239B-\u23AD\u23B0\u23B1\u23B8\u23B9\u2500-\u257F\u2611\u2705\u2713\u2714\u2758-\u275A\u2E20-\u2E29\u{1F6E1}\u{1F5F8}\u{1F5F9}]/gu;
const SPACING = /[\s\p{Z}\u0085\u2800]+/gu;
const EXCESS_MARKS = new RegExp(`(\\p{M}{${MAX_COMBINING_MARKS}})\\p{M}+`, 'gu');
/** Words of ASCII letters and digits with single spaces, in which there is nothing to clean. */
const PLAIN = /^[A-Za-z0-9]+(?: [A-Za-z0-9]+)*$/;
const READABLE = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;

/**
 * A client's name, cleaned for display: NFKC, on one line, without bidi, zero-width and control characters and without the
 * markers of our pages, at most 80 code points. `undefined` if nothing readable is left. Idempotent.
 *
 * @see {@link https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing UTR #36}
 */
export function cleanName(name: string): string | undefined {
  if (name.length <= MAX_NAME_LENGTH && PLAIN.test(name)) return name;
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
