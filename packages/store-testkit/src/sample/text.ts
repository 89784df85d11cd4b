/** Text that encodings, collations and escapes trip over: emoji, right to left, combining marks, quotes, wildcards. */
export const UNICODE = '🦊👩‍👩‍👧 שלום مرحبا e\u0301 é ﬁ 漢字 \u202e \ufeff \' " \\ % _ ; -- ${x} \n\t';

/** A character that some databases cannot keep as text. Only what people and strangers wrote freely has it. */
export const NUL = 'before\u0000after';

/** Ten kilobytes of characters that have more than one byte each. */
export const LONG: string = 'é🦊'.repeat(1_710);
