/** What a doc comment says. */
export interface DocComment {
  /** The description, in Markdown, on one line for each paragraph. */
  readonly text: string;
  /** The text of `@default`. Absent: there is none. */
  readonly byDefault?: string;
  /** The links of `@see`. */
  readonly sees: readonly Link[];
}

/** A link, and its text. */
export interface Link {
  readonly url: string;
  readonly text: string;
}

const TAG = /(?:^|\s)@(default|see|example|returns|param|throws)\b/;
const LINK = /\{@link (\S+?)(?:\s+([^}]+))?\}/g;

/**
 * Reads a doc comment.
 *
 * @param comment what is between the slashes, with the first asterisk: `* Text. `
 */
export function readDocComment(comment: string): DocComment {
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\*+ ?/, '').trimEnd());
  const [text = '', ...tagged] = lines.join('\n').split(TAG);
  const blocks = tagged.flatMap((tag, index) =>
    index % 2 === 0 ? [{ tag, text: (tagged[index + 1] ?? '').trim() }] : [],
  );
  const byDefault = blocks.find(({ tag }) => tag === 'default')?.text;
  const sees = blocks.flatMap((block) => (block.tag === 'see' ? linksIn(block.text) : []));
  return {
    text: withoutLinks(paragraphs(text)),
    ...(byDefault !== undefined && { byDefault: paragraphs(byDefault) }),
    sees,
  };
}

const linksIn = (text: string): readonly Link[] =>
  [...text.matchAll(LINK)].map(([, url = '', name]) => ({ url, text: paragraphs(name ?? url) }));

/** A link to a declaration is its name. */
const withoutLinks = (text: string): string =>
  text.replaceAll(LINK, (_, target: string, name?: string) => name ?? `\`${target}\``);

/** Lines of one paragraph become one line. List items keep theirs. */
const paragraphs = (text: string): string =>
  text
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.replaceAll(/\n(?!- )/g, ' '))
    .join('\n\n');
