import type { KnownPerson } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { isoTime } from '../output/time.ts';
import type { AgentReport, PersonReport, SunsetReport } from './sunset-report.ts';

/** A person in the report, with what the realm stores of them. */
export type NamedPerson = PersonReport & Pick<Partial<KnownPerson>, 'username'>;

/** The report as JSON. */
export function sunsetDocument(
  { id, settings }: Realm,
  { agents, people, clients, grants, unused }: SunsetReport,
  named: readonly NamedPerson[] | undefined,
): object {
  const { registration, metadataDocuments, lifetimes } = settings;
  return {
    realm: id,
    registration: { open: registration.open, mode: registration.mode },
    metadataDocuments: { open: metadataDocuments.open },
    accessTokenLifetime: lifetimes.accessToken,
    clients,
    clientsNeverUsed: unused,
    grants,
    people: {
      loseAccess: people.length,
      approveAgain: people.filter(({ ifClosed }) => ifClosed === 'approve-again').length,
      cannotReturn: people.filter(({ ifClosed }) => ifClosed === 'cannot-return').length,
      ...(named !== undefined && { list: named }),
    },
    agents: agents.map(agentDocument),
  };
}

const agentDocument = ({ targets, lastUsedAt, documents, verifiedBy, ...agent }: AgentReport): object => ({
  ...agent,
  verified: verifiedBy !== undefined,
  ...(verifiedBy !== undefined && { verifiedBy }),
  redirectsTo: targets,
  lastUsedAt: isoTime(lastUsedAt),
  documents: documents.map(({ uri, name, state, likeness, people }) => ({
    uri,
    name,
    state,
    likeness,
    people: people.size,
  })),
});
