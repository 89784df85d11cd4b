const BEGIN = '<!-- computed by bench -->';
const END = '<!-- end -->';

/** Puts computed tables into the marked section of a page. `undefined` if the page has no such section. */
export function replaceSection(page: string, content: string): string | undefined {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END, begin);
  if (begin < 0 || end < 0) return undefined;
  return `${page.slice(0, begin + BEGIN.length)}\n\n${content}\n\n${page.slice(end)}`;
}
