import type { MetadataDocumentClient } from '@vestibule/core';
import type { DocumentSnapshot } from '@vestibule/core/realm';
import type { WantedDocument } from './wanted-document.ts';

/** The snapshot of a document that an operator stored in the settings, if there is one. */
export const snapshotOf = ({ realm, clientId }: WantedDocument): DocumentSnapshot | undefined =>
  realm.settings.metadataDocuments.snapshots.find(({ document: { client_id: uri } }) => uri === clientId);

/** Whether a stored client was read from its host after a snapshot was taken. */
export const isNewerThan = (
  { document: { fetchedAt, isSnapshot } }: MetadataDocumentClient,
  { takenAt = -Infinity }: DocumentSnapshot,
): boolean => isSnapshot !== true && fetchedAt >= takenAt;
