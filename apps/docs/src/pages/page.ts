import GithubSlugger from 'github-slugger';
import type { Nodes, Root, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { toString } from 'mdast-util-to-string';
import { gfm } from 'micromark-extension-gfm';

/** A link or picture of a page. */
export interface PageLink {
  /** What the page says, such as `../../SECURITY.md#reporting`. */
  readonly url: string;
  /** Where the URL begins in the Markdown, in characters. */
  readonly at: number;
  /** The line, from 1. */
  readonly line: number;
}

/** What the site needs to know of the Markdown of a page. */
export interface Page {
  /** The text of its first heading of level 1; empty if it has none. */
  readonly title: string;
  /** The first sentences of its first paragraph, as plain text. */
  readonly description: string;
  /** How many headings of level 1 it has. */
  readonly titles: number;
  /** The Markdown after the first heading of level 1. */
  readonly body: string;
  /** The ids of its headings by their texts; of several with one text, that of the last. */
  readonly headings: ReadonlyMap<string, string>;
  /** The ids of its headings, as GitHub and the site make them, and of HTML elements. */
  readonly anchors: ReadonlySet<string>;
  readonly links: readonly PageLink[];
}

/** How long a description can be, in characters. Search engines cut longer ones. */
const LONGEST_DESCRIPTION = 200;

/** Reads the Markdown of a page. */
export function readPage(markdown: string): Page {
  const root = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const slugger = new GithubSlugger();
  const headings = root.children.filter((node) => node.type === 'heading');
  const titles = headings.filter(({ depth }) => depth === 1);
  const [title] = titles;
  const anchors = headings.map((heading) => [toString(heading), slugger.slug(toString(heading))] as const);
  return {
    title: title === undefined ? '' : toString(title),
    description: descriptionOf(root),
    titles: titles.length,
    body: markdown.slice(title?.position?.end.offset ?? 0).trimStart(),
    headings: new Map(anchors),
    anchors: new Set([...anchors.map(([, anchor]) => anchor), ...idsIn(root)]),
    links: linksIn(root, markdown),
  };
}

function descriptionOf({ children }: Root): string {
  const paragraph = children.find((node) => node.type === 'paragraph' && !isPicture(node));
  const text = paragraph === undefined ? '' : toString(paragraph).replaceAll(/\s+/g, ' ').trim();
  if (text.length <= LONGEST_DESCRIPTION) return text;
  const sentences = text.slice(0, LONGEST_DESCRIPTION).lastIndexOf('. ');
  if (sentences > 0) return text.slice(0, sentences + 1);
  return `${text.slice(0, text.lastIndexOf(' ', LONGEST_DESCRIPTION - 1))}…`;
}

const isPicture = (node: RootContent): boolean =>
  node.type === 'paragraph' && node.children.every((child) => child.type === 'image');

/** The ids of HTML elements in the Markdown. */
function idsIn(node: Nodes): readonly string[] {
  if ('children' in node) return node.children.flatMap(idsIn);
  if (node.type !== 'html') return [];
  return [...node.value.matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => id);
}

function linksIn(node: Nodes, markdown: string): readonly PageLink[] {
  const inside = 'children' in node ? node.children.flatMap((child) => linksIn(child, markdown)) : [];
  if (node.type !== 'link' && node.type !== 'image' && node.type !== 'definition') return inside;
  const { start, end } = node.position ?? {};
  if (start?.offset === undefined || end?.offset === undefined) return inside;
  // The text of a link can contain its URL, and a title comes after it.
  const last = 'children' in node ? node.children.at(-1)?.position?.end.offset : undefined;
  const from = last ?? start.offset;
  const at = from + markdown.slice(from, end.offset).indexOf(node.url);
  // A URL that stands in the text by itself is a link without brackets.
  return at < from ? inside : [...inside, { url: node.url, at, line: start.line }];
}

/** Replaces the URL of each link of a page: `replace` returns another one. */
export function replaceLinks(markdown: string, replace: (link: PageLink) => string): string {
  const links = readPage(markdown).links.toSorted((one, other) => other.at - one.at);
  return links.reduce(
    (text, link) => text.slice(0, link.at) + replace(link) + text.slice(link.at + link.url.length),
    markdown,
  );
}
