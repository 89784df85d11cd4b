const ESCAPE = '\u001B';

/**
 * Text as PostgreSQL can keep it: NUL, which its `text` cannot hold, and halves of surrogate pairs, which UTF-8 cannot,
 * are spelled as an escape and four digits, and so is the escape. Different texts stay different, JSON and everything
 * that people write stay as they are, and {@link fromStored} gives back what came.
 */
export function toStored(text: string): string {
  if (text.isWellFormed() && !text.includes('\0') && !text.includes(ESCAPE)) return text;
  return Array.from(text, (character) => (isPlain(character) ? character : spell(character))).join('');
}

/** What was given to {@link toStored}. */
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
