import { type DocumentFixture, documents, type Fixture, fixtures } from '@vestibule/client-fixtures';
import { type Attachment, ATTACHMENTS } from './attach.ts';

/** An agent: its registration, its metadata document, or both. */
export interface Agent {
  readonly id: string;
  readonly name: string;
  readonly registers?: Fixture;
  readonly publishes?: DocumentFixture;
  readonly attachment?: Attachment;
}

/** Every agent that has a fixture, by name. */
export const agents: readonly Agent[] = [...new Set([...fixtures, ...documents].map(({ id }) => id))]
  .map(agentOf)
  .toSorted((one, other) => one.name.localeCompare(other.name, 'en'));

function agentOf(id: string): Agent {
  const registers = fixtures.find((one) => one.id === id);
  const publishes = documents.find((one) => one.id === id);
  const attachment = ATTACHMENTS[id];
  return {
    id,
    name: registers?.client ?? publishes?.client ?? id,
    ...(registers !== undefined && { registers }),
    ...(publishes !== undefined && { publishes }),
    ...(attachment !== undefined && { attachment }),
  };
}
