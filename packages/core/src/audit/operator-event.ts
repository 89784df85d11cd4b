import type { ApiAccess } from '../client/preregistration.ts';
import type { Gate } from '../gates/gates.ts';
import type { OfNamedClient, OfPerson } from './event-members.ts';
import type { Acted } from './happened.ts';

/** What operators do. */
export type OperatorEvent =
  | (Acted & {
      readonly type:
        /** An operator opened a gate. */
        | 'gate.opened'
        /** An operator closed a gate. This takes effect at once, for existing grants too. */
        | 'gate.closed';
      /** Which gate. `documents` is the first gate for clients with metadata documents. */
      readonly gate: Gate | 'documents';
      /** The id of the API or the name of the scope; absent for others. */
      readonly of?: string;
    })
  | (Acted &
      OfNamedClient & {
        readonly type:
          /** An operator blocked a client, and its grants ended. */
          | 'client.blocked'
          /** An operator unblocked a client, so that people can approve it again. */
          | 'client.unblocked'
          /** An operator created another secret for a pre-registered client. */
          | 'client.secret-rotated'
          /** An operator ended all secrets of a pre-registered client but the newest. */
          | 'client.old-secrets-ended';
      })
  | (Acted &
      OfNamedClient & {
        readonly type:
          /** An operator pre-registered a client. */
          | 'client.preregistered'
          /** An operator changed a pre-registered client. */
          | 'client.amended';
        /** Its redirect URIs. */
        readonly redirectUris: readonly string[];
        /** The APIs and scopes that it can obtain. */
        readonly access: readonly ApiAccess[];
        /** Its id is the URL of a document. The client that the document described was replaced, and its grants ended. */
        readonly replacedDocument?: true;
      })
  | (Acted & {
      readonly type:
        /** An operator issued an initial access token. */
        | 'initial-access-token.issued'
        /** An operator revoked an initial access token. */
        | 'initial-access-token.revoked';
      /** The id of the token, not the token. */
      readonly initialAccessTokenId: string;
    })
  | (Acted & {
      /** An operator changed settings of the realm. */
      readonly type: 'settings.changed';
      /** The changed settings: `registration.mode`. */
      readonly paths: readonly string[];
    })
  | (Acted & {
      readonly type:
        /** An operator issued the secret with which an API authenticates, for example to introspect tokens. */
        | 'api-secret.issued'
        /** An operator revoked the secrets of an API. */
        | 'api-secret.revoked';
      /** The id of the API. */
      readonly of: string;
    })
  | (Acted & {
      readonly type:
        /** An operator added an API. */
        | 'api.added'
        /** An operator changed an API. */
        | 'api.changed'
        /** An operator removed an API. */
        | 'api.removed'
        /** An operator added a scope. */
        | 'scope.added'
        /** An operator changed a scope. */
        | 'scope.changed'
        /** An operator removed a scope. */
        | 'scope.removed';
      /** The id of the API or the name of the scope. */
      readonly of: string;
    })
  | (Acted & {
      readonly type:
        /** The realm was created, by an operator or from a seed. */
        | 'realm.added'
        /** An operator changed the name of the realm. */
        | 'realm.changed';
    })
  | (Acted &
      OfPerson & {
        readonly type:
          /** An operator added a person. */
          | 'person.added'
          /** An operator changed the profile of a person. */
          | 'person.changed'
          /** An operator set the password of a person. */
          | 'person.password-set'
          /** An operator removed a person. */
          | 'person.removed';
        /** The name that the person signs in with. */
        readonly username: string;
      });
