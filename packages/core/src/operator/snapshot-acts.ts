import type { Actor } from '../audit/actor.ts';
import type { DocumentSnapshot } from '../realm/metadata-document-settings.ts';
import type { PartialRealmSettings } from '../realm/settings.ts';
import type { ActContext } from './act-context.ts';
import { changeSettings, type SettingsOutcome } from './settings-acts.ts';

/** The snapshots of metadata documents, which are a setting of their realm. Concurrent changes of several take effect together. */
export interface SnapshotActs {
  /** Stores the snapshot of a document, in place of an earlier one of the same URL. */
  pin(actor: Actor, realm: string, snapshot: DocumentSnapshot): Promise<SettingsOutcome>;
  /** Removes the snapshot of the document at a URL. A client that is used as it says is used as a stale copy is, and no longer. */
  unpin(actor: Actor, realm: string, url: string): Promise<SettingsOutcome>;
}

export const snapshotActs = (context: Pick<ActContext, 'changeRealm'>): SnapshotActs => ({
  pin: (actor, realm, snapshot) =>
    changeSettings(context, { actor, realm }, (current) =>
      setting([...others(current, snapshot.document['client_id']), snapshot]),
    ),
  unpin: (actor, realm, url) =>
    changeSettings(context, { actor, realm }, (current) => setting(others(current, url))),
});

const others = ({ metadataDocuments }: PartialRealmSettings, url: unknown): readonly DocumentSnapshot[] =>
  (metadataDocuments?.snapshots ?? []).filter(({ document: { client_id: known } }) => known !== url);

/** No snapshot is the default. */
const setting = (snapshots: readonly DocumentSnapshot[]) =>
  snapshots.length === 0
    ? { reset: 'metadataDocuments.snapshots' }
    : { set: { metadataDocuments: { snapshots } } };
