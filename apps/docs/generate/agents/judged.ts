import type { DocumentFixture, Fixture } from '@vestibule/client-fixtures';
import { judgeDocument } from '@vestibule/cimd';
import {
  dynamicClientPolicy,
  judgeRegistration,
  policyContextOf,
  type RegistrationJudgement,
} from '@vestibule/core/policy';
import { type Realm, withDefaultSettings } from '@vestibule/core/realm';
import { vendors } from '@vestibule/vendor-directory';

/** A realm with the default settings, in which the scopes that agents were recorded with are open. */
const REALM: Realm = {
  id: 'main',
  name: 'Example',
  issuer: 'https://id.example',
  settings: withDefaultSettings({ registration: { open: true }, metadataDocuments: { open: true } }),
  apis: [],
  scopes: ['mcp:read', 'mcp:write'].map((name) => ({ name, description: name, openToDynamicClients: true })),
};

/** The result of the real policy for the registration of an agent. */
export const judgedRegistration = ({ registration }: Fixture): RegistrationJudgement =>
  judgeRegistration(
    registration,
    dynamicClientPolicy,
    policyContextOf(REALM, { vendors, vouched: false, bounds: undefined }),
  );

/** The result of the real policy for a metadata document. */
export const judgedDocument = ({ document }: DocumentFixture): ReturnType<typeof judgeDocument> =>
  judgeDocument(document.client_id, document, REALM, { policy: dynamicClientPolicy, vendors });
