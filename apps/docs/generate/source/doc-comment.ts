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
const LINK = /\{@link ([^}]+)\}/g;

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
  [...text.matchAll(LINK)].map(([, inside = '']) => linkOf(inside));

/** A link to a declaration is its name. */
const withoutLinks = (text: string): string =>
  text.replaceAll(LINK, (_, inside: string) => {
    const { url, text: name } = linkOf(inside);
    return name === url ? `\`${url}\`` : name;
  });

/** What is inside of `{@link …}`: an address or a name, and a text if there is one. */
function linkOf(inside: string): Link {
  const [url = '', ...words] = inside.split(/\s+/);
  return { url, text: words.join(' ') || url };
}

/** Lines of one paragraph become one line. List items keep theirs. */
const paragraphs = (text: string): string =>
  text
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.replaceAll(/\n(?!- )/g, ' '))
    .join('\n\n');
