import type { ScopeHabit } from '@vestibule/client-fixtures';
import { code, codeBlock, list, paragraphs } from '../markdown/markdown.ts';
import type { Agent } from './agent.ts';
import { judgedRegistration } from './judged.ts';
import { judgementBlocks } from './judgement-blocks.ts';
import { redirectUriTable, triedWords } from './redirect-uri-table.ts';
import type { Section } from './section.ts';

const SCOPES: Readonly<Record<ScopeHabit, string>> = {
  none: 'sends no `scope`',
  advertised: 'sends the scopes that the server advertises, and no `scope` if there are none',
  'advertised-or-empty':
    'sends the scopes that the server advertises, and an empty `scope` if there are none',
};

/** What an agent registers, and the result. */
export function registrationSections({ registers }: Agent): readonly Section[] {
  if (registers === undefined) return [];
  const { registration, scope, needs, version, source, page, redirects, npm } = registers;
  return [
    {
      heading: 'What it registers',
      text: paragraphs(
        `Version ${version}, ${source}. The scopes are those of the server that it was recorded with.`,
        codeBlock('json', JSON.stringify(registration, undefined, 2)),
        list([
          `**Authentication:** asks for ${
            registration.token_endpoint_auth_method === undefined
              ? 'no method'
              : code(registration.token_endpoint_auth_method)
          }, and works with ${needs.authMethods.map(code).join(', ')}.`,
          `**Scopes:** ${SCOPES[scope]}.`,
          `**Grants that it uses:** ${needs.grants.map(code).join(', ')}.`,
          page === undefined ? '' : `**Runs in a page** of ${code(page)}, so it needs CORS.`,
          npm === undefined ? '' : `**Package:** ${code(npm)}.`,
        ]),
        redirectUriTable(registration.redirect_uris),
        triedWords(redirects, registration.redirect_uris),
      ),
    },
    {
      heading: 'What Vestibule responds to it',
      text: paragraphs(
        'With the default policy, in a realm where `mcp:read` and `mcp:write` are open to dynamic clients.',
        judgementBlocks(judgedRegistration(registers)),
      ),
    },
  ];
}
