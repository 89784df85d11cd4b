/**
 * Text that is difficult for encodings, collations and escapes: emoji, right to left, combining marks, quotes, wildcards.
 */
export const UNICODE = '🦊👩‍👩‍👧 שלום مرحبا e\u0301 é ﬁ 漢字 \u202e \ufeff \' " \\ % _ ; -- ${x} \n\t';

/** A character that some databases cannot store in text. Only in free text of people and requests. */
export const NUL = 'before\u0000after';

/** Ten kilobytes of multi-byte characters. */
export const LONG: string = 'é🦊'.repeat(1_710);
