import { judgeDocument } from '@vestibule/cimd';
import { acceptsDocument, judgeClientIdUrl } from '@vestibule/core';
import { dynamicClientPolicy } from '@vestibule/core/policy';
import { type Realm, vendorsOf } from '@vestibule/core/realm';
import { vendors } from '@vestibule/vendor-directory';
import { type Agent, isSameProgram, targetsOf } from './agent.ts';
import type { DocumentUse } from './tally.ts';

/** Whether people of a realm can use a document now. */
export type DocumentState =
  /** People use it here. */
  | 'in-use'
  /** It is known to be published, and the realm accepts it. */
  | 'accepted'
  /** The realm is closed to it, its policy refuses it, or an operator has blocked it. */
  | 'refused';

/** A metadata document that is known: a person approved its client, or the directory of vendors names it. */
export interface KnownDocument {
  /** Its URL, which is the `client_id`. */
  readonly uri: string;
  readonly name: string;
  readonly targets: readonly string[];
  readonly state: DocumentState;
  /** The subjects of the people with access through it. */
  readonly people: ReadonlySet<string>;
}

/** Why a document is taken to be that of an agent: both send people to the same website or app, or to this computer by one name. */
export type Likeness = 'destination' | 'name';

export interface DocumentOfAgent extends KnownDocument {
  readonly likeness: Likeness;
}

/**
 * The documents that a realm knows: those that are stored, and those that vendors are known to publish. One that no person approved is
 * not among the stored ones: any stranger has a document stored, with the name and the redirect URIs of another program.
 */
export function knownDocuments(realm: Realm, stored: readonly DocumentUse[]): readonly KnownDocument[] {
  const counted = stored.filter(
    ({ client: { lastUsedAt, blockedAt } }) => lastUsedAt !== undefined || blockedAt !== undefined,
  );
  const here = counted.map(({ client, isUsable, people }): KnownDocument => {
    const { uri } = client.document;
    const isOpen = isUsable && acceptsDocument(realm, uri);
    const state = people.size > 0 ? 'in-use' : 'accepted';
    return {
      uri,
      name: client.name,
      targets: targetsOf(client.redirectUris),
      state: isOpen ? state : 'refused',
      people,
    };
  });
  const known = new Set(here.map(({ uri }) => uri));
  const published = vendorsOf(realm, vendors).flatMap(({ documents = [] }) =>
    documents
      .filter(({ uri }) => !known.has(uri))
      .map(({ uri, name, redirectUris }): KnownDocument => {
        const isOpen = isAcceptable(realm, uri, name, redirectUris);
        const state = isOpen ? 'accepted' : 'refused';
        return { uri, name, targets: targetsOf(redirectUris), state, people: new Set() };
      }),
  );
  return [...here, ...published];
}

/** Whether the realm accepts a document at this URL with this name and these redirect URIs. */
function isAcceptable(realm: Realm, uri: string, name: string, redirectUris: readonly string[]): boolean {
  const document = { client_id: uri, client_name: name, redirect_uris: redirectUris };
  return (
    judgeClientIdUrl(uri).ok &&
    acceptsDocument(realm, uri) &&
    judgeDocument(uri, document, realm, { policy: dynamicClientPolicy, vendors }).ok
  );
}

const RANK: Readonly<Record<DocumentState, number>> = { 'in-use': 0, accepted: 1, refused: 2 };

/** The documents of an agent, the most useful first. */
export const documentsOf = (agent: Agent, known: readonly KnownDocument[]): readonly DocumentOfAgent[] =>
  known
    .flatMap((document) => {
      const likeness = likenessOf(agent, document);
      return likeness === undefined ? [] : [{ ...document, likeness }];
    })
    .toSorted((one, other) => RANK[one.state] - RANK[other.state] || other.people.size - one.people.size);

/** Unrelated programs of one computer have the same loopback URIs, so there the name decides. */
function likenessOf(agent: Agent, { name, targets }: KnownDocument): Likeness | undefined {
  const shared = agent.targets.filter((target) => targets.includes(target));
  if (shared.some((target) => target !== 'loopback')) return 'destination';
  return shared.length > 0 && isSameProgram(agent.name, name) ? 'name' : undefined;
}
