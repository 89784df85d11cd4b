/** A page that is generated. */
export interface Page {
  /** Below `apps/docs/reference`: `agents/cursor.md`. */
  readonly path: string;
  readonly title: string;
  readonly text: string;
}

/** A page: its title, a first sentence that describes it, and the rest. */
export const page = (
  path: string,
  title: string,
  description: string,
  ...blocks: readonly string[]
): Page => ({
  path,
  title,
  text: `${paragraphs(`# ${title}`, description, ...blocks)}\n`,
});

/** Blocks with an empty line between them. Empty blocks are left out. */
export const paragraphs = (...blocks: readonly string[]): string =>
  blocks.filter((block) => block !== '').join('\n\n');

/** The place that `page.md#id` leads to, before a heading whose own anchor would be another one. */
export const anchor = (id: string): string => `<a id="${id}"></a>`;

/** A heading that `#id` leads to, with the id as its text. */
export const namedHeading = (level: 2 | 3, id: string): string =>
  `${anchor(id)}\n\n${'#'.repeat(level)} ${code(id)}`;

/** Text as code. */
export function code(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.includes('`') ? `\`\` ${line} \`\`` : `\`${line}\``;
}

/** A block of code. */
export const codeBlock = (language: string, text: string): string =>
  `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;

/**
 * Text with code in it, for any Markdown renderer: outside code, nothing in it is HTML or an expression of a template.
 *
 * @param text code is between single backticks
 */
export const prose = (text: string): string =>
  text
    .split('`')
    .map((part, index) => (index % 2 === 0 ? escaped(part) : part))
    .join('`');

const escaped = (text: string): string =>
  text
    .replaceAll('<', '&lt;')
    .replaceAll('{{', '&#123;&#123;')
    .replaceAll('*', String.raw`\*`);

/** A table. A bar in a cell does not end it. */
export function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll(/\s+/g, ' ').replaceAll('|', String.raw`\|`)).join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A list of short lines. Empty lines are left out. */
export const list = (lines: readonly string[]): string =>
  lines
    .filter((line) => line !== '')
    .map((line) => `- ${line}`)
    .join('\n');

/** The contents of a page: a link for each of its sections. */
export const contents = (headings: readonly string[]): string =>
  list(headings.map((heading) => `[${heading}](#${slugOf(heading)})`));

/** The anchor that renderers give to a heading of plain words. */
export const slugOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number} _-]/gu, '')
    .replaceAll(' ', '-');

/** A link. */
export const link = (text: string, url: string): string => `[${text}](${url})`;
