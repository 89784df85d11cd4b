const ESCAPE = '\u001B';

/**
 * Encodes text for PostgreSQL: NUL, which its `text` cannot contain, and unpaired surrogates, which UTF-8 cannot, become an
 * escape character and four digits; the escape character is escaped itself. Different texts stay different, JSON and
 * ordinary text stay unchanged, and {@link fromStored} reverses the encoding.
 */
export function toStored(text: string): string {
  if (text.isWellFormed() && !text.includes('\0') && !text.includes(ESCAPE)) return text;
  return Array.from(text, (character) => (isPlain(character) ? character : spell(character))).join('');
}

/** The text that was given to {@link toStored}. */
export function fromStored(stored: string): string {
  const [plain = '', ...spelled] = stored.split(ESCAPE);
  const parts = spelled.map(
    (part) => String.fromCharCode(Number.parseInt(part.slice(0, 4), 16)) + part.slice(4),
  );
  return plain + parts.join('');
}

const isPlain = (character: string): boolean =>
  character.isWellFormed() && character !== '\0' && character !== ESCAPE;

const spell = (character: string): string => ESCAPE + character.charCodeAt(0).toString(16).padStart(4, '0');
