import type { FilledGroup } from './navigation.ts';

/** A page in a list for language models. */
export interface ListedPage {
  readonly path: string;
  readonly title: string;
  readonly description: string;
}

const SUMMARY =
  'Vestibule is a self-hosted OAuth 2.1 authorization server in TypeScript for MCP servers and other APIs that AI agents connect to, with dynamic client registration (RFC 7591) and client ID metadata documents.';

/**
 * The text of `llms.txt`: every page with its description.
 *
 * @param address the URL of a page in Markdown, by its path
 * @see https://llmstxt.org
 */
export function llmsText(
  groups: readonly FilledGroup<ListedPage>[],
  address: (path: string) => string,
): string {
  const sections = groups.map(({ label, pages }) => {
    const lines = pages.map(({ path, title, description }) => {
      const text = description === '' ? '' : `: ${description}`;
      return `- [${title}](${address(path)})${text}`;
    });
    return `## ${label}\n\n${lines.join('\n')}\n`;
  });
  return `# Vestibule\n\n> ${SUMMARY}\n\n${sections.join('\n')}`;
}

/** The text of `llms-full.txt`: pages one after the other, each after its address. */
export const llmsFullText = (
  pages: readonly { readonly path: string; readonly markdown: string }[],
  address: (path: string) => string,
): string =>
  pages.map(({ path, markdown }) => `<!-- ${address(path)} -->\n\n${markdown.trim()}\n`).join('\n');
