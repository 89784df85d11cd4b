/** What replaces each ASCII character of a text, by its code. `undefined`: it stays as it is. */
export type AsciiReplacements = readonly (string | undefined)[];

/** The replacements of ASCII characters by a rule for one character. */
export const asciiReplacements = (replacement: (character: string) => string): AsciiReplacements =>
  Array.from({ length: 128 }, (_, code) => {
    const character = String.fromCharCode(code);
    const replaced = replacement(character);
    return replaced === character ? undefined : replaced;
  });

/** Replaces the characters of an ASCII text. Most texts have few to replace, so what is between them is copied as a whole. */
export function replaceAscii(text: string, replacements: AsciiReplacements): string {
  let replaced = '';
  let copied = 0;
  for (let at = 0; at < text.length; at += 1) {
    const replacement = replacements[text.charCodeAt(at)];
    if (replacement === undefined) continue;
    replaced += text.slice(copied, at) + replacement;
    copied = at + 1;
  }
  return copied === 0 ? text : replaced + text.slice(copied);
}
