import type { Server } from './discover.ts';
import { quote } from './say.ts';

/** How a client becomes known to a server: by registration, or by the URL of its metadata document. */
export type ClientKind = 'dynamic' | 'metadata-document';

/** A server at which clients can register. */
export type RegistrationServer = Server & { readonly registrationEndpoint: URL };

/** Whether clients can register. */
export const offersRegistration = (server: Server): server is RegistrationServer =>
  server.registrationEndpoint !== undefined;

/** Whether agents use their metadata documents: they do if the metadata says `true`. */
export const offersDocuments = ({ documentsSupported }: Server): boolean => documentsSupported === true;

/** Whether clients of a kind can become known. */
export const offers = (server: Server, kind: ClientKind): boolean =>
  kind === 'dynamic' ? offersRegistration(server) : offersDocuments(server);

/** Why no client of a kind can become known, as a sentence. */
export const notOffered = ({ metadataUrl, documentsSupported }: Server, kind: ClientKind): string =>
  kind === 'dynamic'
    ? `The metadata at ${metadataUrl} has no registration_endpoint: no client can register itself there.`
    : `The metadata at ${metadataUrl} ${documentsSupported === undefined ? 'has no' : `says ${quote(documentsSupported)}, not true, in`} client_id_metadata_document_supported: no agent uses its metadata document there.`;
