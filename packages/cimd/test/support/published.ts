import { dynamicClientPolicy } from '@vestibule/core/policy';
import { withDefaultSettings } from '@vestibule/core/realm';
import { OPEN_REALM } from '@vestibule/testing/open-seed';
import { vendors } from '@vestibule/vendor-directory';
import { type JudgedDocument, judgeDocument } from '../../src/judge-document.ts';

const REALM = {
  id: 'main',
  name: 'Acme',
  issuer: 'https://id.example',
  settings: withDefaultSettings({ metadataDocuments: { open: true } }),
  apis: [],
  scopes: OPEN_REALM.scopes,
};

/** Judges a published document as a realm with the default settings and the vendor directory does. */
export const judgePublished = (uri: string, document: unknown): JudgedDocument =>
  judgeDocument(uri, structuredClone(document), REALM, { policy: dynamicClientPolicy, vendors });
