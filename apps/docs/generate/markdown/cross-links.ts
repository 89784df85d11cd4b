import { code, link } from './markdown.ts';

/** Where a name is described: `registration.open` → `settings.md#registration.open`. */
export type FindPlace = (name: string) => string | undefined;

/**
 * Makes links of names that are described on some page, where a text has them as code. Headings, blocks of code and texts of links
 * stay as they are.
 */
export function withCrossLinks(text: string, placeOf: FindPlace): string {
  let isInBlock = false;
  const lines = text.split('\n').map((line) => {
    if (line.startsWith('```')) isInBlock = !isInBlock;
    return isInBlock || line.startsWith('#') ? line : linkedLine(line, placeOf);
  });
  return lines.join('\n');
}

function linkedLine(line: string, placeOf: FindPlace): string {
  const parts = line.split('`');
  if (parts.length % 2 === 0 || line.includes('``')) return line;
  return parts
    .map((part, index) => {
      if (index % 2 === 0) return part;
      const place = parts[index - 1]?.endsWith('[') === true ? undefined : placeOf(part);
      return place === undefined ? code(part) : link(code(part), place);
    })
    .join('');
}
