import { codeBlock, paragraphs } from '../markdown/markdown.ts';
import type { Agent } from './agent.ts';
import { judgedDocument } from './judged.ts';
import { judgementBlocks } from './judgement-blocks.ts';
import { redirectUriTable, triedWords } from './redirect-uri-table.ts';
import type { Section } from './section.ts';

const AUTHENTICATION = {
  none: 'It is a public client: it does not authenticate.',
  private_key_jwt: 'It authenticates by a signature (`private_key_jwt`).',
  either: 'It authenticates by a signature (`private_key_jwt`) or not at all, as it chooses for each grant.',
} as const;

/** The metadata document of an agent, and the result. */
export function documentSections({ publishes }: Agent): readonly Section[] {
  if (publishes === undefined) return [];
  const { document, source, redirects } = publishes;
  const judged = judgedDocument(publishes);
  return [
    {
      heading: 'Its metadata document',
      text: paragraphs(
        `Published at <${document.client_id}>, ${source}.`,
        codeBlock('json', JSON.stringify(document, undefined, 2)),
        redirectUriTable(document.redirect_uris),
        triedWords(redirects, document.redirect_uris),
      ),
    },
    {
      heading: 'What Vestibule makes of the document',
      text: paragraphs(
        judgementBlocks(judged),
        judged.ok ? AUTHENTICATION[judged.authentication.accepts] : '',
      ),
    },
  ];
}
