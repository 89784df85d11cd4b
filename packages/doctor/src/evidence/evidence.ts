import type { CheckOutcome } from '@vestibule/client-fixtures';
import { documentOf, type Exchange, type JsonObject } from '../exchange/exchange.ts';
import { webUrl } from '../exchange/web-url.ts';

/** Whether the URL is that of a protected resource, such as an MCP server, or the issuer of an authorization server. */
export type TargetKind = 'resource' | 'issuer';

/** Everything that was observed. The checks read nothing else. */
export interface Evidence {
  /** The URL as it was given. */
  readonly target: string;
  readonly kind: TargetKind;
  readonly resource?: ResourceEvidence;
  /** Absent if no authorization server is named. */
  readonly issuer?: IssuerEvidence;
  /** Absent if nothing was registered. */
  readonly registered?: RegisteredEvidence;
}

/** The exchanges with a protected resource. */
export interface ResourceEvidence {
  /** The first request of an MCP client, without a token. */
  readonly challenge: Exchange;
  /** The same with a token that does not exist. */
  readonly invalidToken: Exchange;
  /** The same without a token, from a page. */
  readonly page: Exchange;
  readonly preflight: Exchange;
  /** Its metadata, at each place where agents look. */
  readonly metadata: readonly Found<'challenge' | 'path' | 'root'>[];
  /** The metadata that were found, requested by a page. */
  readonly metadataForPage?: Exchange;
  /** A request that names another host. Only at loopback addresses. */
  readonly foreignHost?: Exchange;
}

/** An exchange at one of several places. */
export interface Found<Place extends string> {
  readonly place: Place;
  /** The last exchange, after redirects. */
  readonly exchange: Exchange;
  /** The redirects that led there. */
  readonly redirects: readonly Exchange[];
}

/** The exchanges with an authorization server. */
export interface IssuerEvidence {
  /** The issuer, as the resource or the caller named it. */
  readonly issuer: string;
  /** How it is known: the metadata of the resource, the caller, or the origin of the resource, where older agents look. */
  readonly source: 'resource' | 'given' | 'origin';
  readonly metadata: readonly Found<'oauth' | 'openid-inserted' | 'openid-appended'>[];
  readonly forPage?: Exchange;
  /** The metadata, requested with another host name in the headers that proxies set. */
  readonly forwarded?: Exchange;
  /** The metadata, requested with another host name in `Host`. */
  readonly foreignHost?: Exchange;
  /** A token request of an unknown client in a page. */
  readonly token?: Exchange;
  /** A registration that is not JSON, from a page. */
  readonly registration?: Exchange;
  readonly registrationPreflight?: Exchange;
  /** An authorization request of an unknown client. */
  readonly authorization?: Exchange;
}

/** The exchanges of clients that were registered for the examination. */
export interface RegisteredEvidence {
  /** The registration of a redirect URI that is a script. */
  readonly scriptUri?: Exchange;
  /** The registration of a client of the doctor, and its requests. */
  readonly own?: OwnClientEvidence;
  /** What became of the agents. */
  readonly outcomes: readonly CheckOutcome[];
  /** Why agents were not tried, as sentences. */
  readonly notTried: readonly string[];
}

/** Authorization requests of a registered client. */
export interface OwnClientEvidence {
  readonly redirectUri: string;
  /** A complete request, followed by the redirect within the same origin if there is one. */
  readonly complete: readonly Exchange[];
  readonly withoutChallenge: Exchange;
  readonly unregistered: Exchange;
  /** A request whose response type does not exist, so that the error is sent to the redirect URI. */
  readonly wrongType: Exchange;
  /** The state of `wrongType`. */
  readonly state: string;
}

/** The name that is sent where a server must not take its own name from. */
export const FOREIGN_HOST = 'doctor.invalid';

/** The first metadata that were found at the places where agents look, with their place. */
export function firstFound<Place extends string>(
  places: readonly Found<Place>[] = [],
): (Found<Place> & { readonly document: JsonObject }) | undefined {
  for (const found of places) {
    const document = documentOf(found.exchange);
    if (document !== undefined) return { ...found, document };
  }
  return undefined;
}

/** The metadata of the protected resource. */
export const resourceMetadata = ({ resource }: Evidence): JsonObject | undefined =>
  firstFound(resource?.metadata)?.document;

/** The metadata of the authorization server. */
export const issuerMetadata = ({ issuer }: Evidence): JsonObject | undefined =>
  firstFound(issuer?.metadata)?.document;

/** A member as a list of strings. Undefined if it is anything else. */
export function listIn(document: JsonObject | undefined, member: string): readonly string[] | undefined {
  const value = document?.[member];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined;
}

/** A member as an absolute http or https URL. */
export const urlIn = (document: JsonObject | undefined, member: string): URL | undefined =>
  webUrl(document?.[member]);

/** Whether clients can be known by their metadata documents. */
export const supportsDocuments = (evidence: Evidence): boolean =>
  issuerMetadata(evidence)?.['client_id_metadata_document_supported'] === true;

/** Whether a URL is on this computer. */
export const isLoopback = ({ hostname }: URL): boolean =>
  hostname === 'localhost' ||
  hostname.endsWith('.localhost') ||
  hostname === '[::1]' ||
  /^127(?:\.\d+){3}$/.test(hostname);
