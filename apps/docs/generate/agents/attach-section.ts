import { codeBlock, list, paragraphs, prose } from '../markdown/markdown.ts';
import type { Agent } from './agent.ts';
import type { Section } from './section.ts';

/** How to attach an agent, as far as it is known. */
export function attachSection({ attachment, registers, publishes }: Agent): Section {
  const notes = [...new Set([...(registers?.notes ?? []), ...(publishes?.notes ?? [])])];
  const behavior = notes.length === 0 ? '' : paragraphs('What else is known of it:', list(notes.map(prose)));
  if (attachment === undefined) {
    return {
      heading: 'Attach it',
      text: paragraphs('Give it the address of the MCP server. It finds Vestibule from there.', behavior),
    };
  }
  const { steps, example, source } = attachment;
  return {
    heading: 'Attach it',
    text: paragraphs(
      steps.length === 1 ? prose(steps.join('')) : list(steps.map(prose)),
      example === undefined ? '' : codeBlock(example.language, example.text),
      'Replace the address by that of your MCP server. A browser opens for sign-in and consent.',
      `Source: ${source.startsWith('https:') ? `<${source}>` : source}.`,
      behavior,
    ),
  };
}
