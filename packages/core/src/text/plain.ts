const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029]/u;

/** Whether a text is on one line, in the direction in which it is written, and no longer than so many UTF-16 units. */
export const isPlainText = (text: string, maxLength: number): boolean =>
  text.length <= maxLength && !UNPRINTABLE.test(text);
