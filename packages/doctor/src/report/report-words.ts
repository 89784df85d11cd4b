import type { AgentVerdict } from '../agents/verdicts.ts';
import type { Finding } from './finding.ts';
import type { Report } from './doctor-report.ts';

/** What was examined, in sentences. */
export function wordsOf({ kind, issuer, registered }: Report): readonly string[] {
  return [
    kind === 'resource'
      ? `An MCP server or another API. ${issuer === undefined ? 'No authorization server was found.' : `Its authorization server is ${issuer}.`}`
      : 'An authorization server.',
    registered
      ? 'Clients were registered for this examination.'
      : 'Nothing was registered: --register tries each agent.',
  ];
}

const MANY = 6;

/** For whom a finding matters, with the ids of the agents if they are few. */
export const forWhom = ({ audience, agents }: Pick<Finding, 'audience' | 'agents'>): string =>
  agents.length === 0 || agents.length > MANY ? audience : `${audience}: ${agents.join(', ')}`;

/** What the server means for an agent. */
export function resultOf({ verdict, because }: AgentVerdict): string {
  switch (verdict) {
    case 'works':
      return '✓ works up to the sign-in';
    case 'expected':
      return '✓ no error found';
    case 'hindered':
      return `✗ ${because.join(', ')}`;
    case 'unknown':
      return '? has a document; what it registers is not recorded';
  }
}
