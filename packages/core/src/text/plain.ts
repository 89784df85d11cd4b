const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029]/u;

/** Whether a text is one line without changes of direction, and not longer than the given number of UTF-16 units. */
export const isPlainText = (text: string, maxLength: number): boolean =>
  text.length <= maxLength && !UNPRINTABLE.test(text);
