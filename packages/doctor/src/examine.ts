import type { Fetch } from '@vestibule/client-fixtures';
import {
  type Evidence,
  firstFound,
  type IssuerEvidence,
  listIn,
  type ResourceEvidence,
  type TargetKind,
} from './evidence/evidence.ts';
import { statusOf } from './exchange/exchange.ts';
import { type Ask, askWith } from './exchange/exchange-with.ts';
import { fetchOverNode } from './exchange/fetch-over-node.ts';
import { webUrl } from './exchange/web-url.ts';
import { type Report, reportOf } from './report/doctor-report.ts';
import { firstRequest } from './walk/first-request.ts';
import { register } from './walk/register-clients.ts';
import { findIssuerMetadata, walkIssuer } from './walk/walk-issuer.ts';
import { findResourceMetadata, walkResource } from './walk/walk-resource.ts';

/** How a server is examined. */
export interface ExamineOptions {
  /** What the URL is. @default what its responses suggest */
  readonly kind?: TargetKind;
  /** Whether clients are registered: one of the doctor, and one for each agent. @default false */
  readonly register?: boolean;
  /** The API that tokens are requested for, if the URL is that of an issuer. @default none */
  readonly resource?: string;
  /** An initial access token. @default none */
  readonly token?: string;
  /** The ids of the agents that register. @default all */
  readonly only?: readonly string[];
  /** @default over `node:http` and `node:https`, because the global `fetch` cannot send another `Host` */
  readonly fetch?: Fetch;
  /** Called with what is done next, for a line of progress. */
  readonly onStep?: (text: string) => void;
}

/**
 * Examines an MCP server or an authorization server as agents find it. Unless `register` is true, no request creates anything
 * there. Whatever a server responds is a finding, not an exception.
 *
 * @param target an http or https URL
 * @throws TypeError if it is not
 * @example
 * const { findings } = await examine('https://notes.example/mcp');
 */
export async function examine(target: string, options: ExamineOptions = {}): Promise<Report> {
  if (webUrl(target) === undefined) {
    throw new TypeError(`${target} is no http or https URL.`);
  }
  return reportOf(await collect(target, options));
}

async function collect(target: string, options: ExamineOptions): Promise<Evidence> {
  const { fetch = fetchOverNode, onStep = () => {} } = options;
  const ask = askWith(fetch, (method, url) => onStep(`${method} ${url}`));
  const seen = await look(target, options.kind, ask);
  const resource = seen.kind === 'resource' ? await walkResource(target, seen, ask) : undefined;
  const found = seen.kind === 'issuer' ? seen.issuer : await issuerOf(target, seen.metadata, ask);
  const api = options.resource ?? (seen.kind === 'resource' ? apiOf(target, seen.metadata) : undefined);
  const evidence: Evidence = {
    target,
    kind: seen.kind,
    ...(resource !== undefined && { resource }),
    ...(found !== undefined && { issuer: await walkIssuer(found, api, ask) }),
  };
  if (options.register !== true) return evidence;
  const { token, only } = options;
  return {
    ...evidence,
    registered: await register(evidence, { ask, fetch, resource: api, token, only, onStep }),
  };
}

type Known = Pick<IssuerEvidence, 'issuer' | 'source' | 'metadata'>;
type Seen =
  | ({ readonly kind: 'resource' } & Pick<ResourceEvidence, 'challenge' | 'metadata'>)
  | { readonly kind: 'issuer'; readonly issuer: Known };

/** Finds out what a URL is: an issuer has metadata, and neither a challenge nor metadata of a resource. */
async function look(target: string, wanted: TargetKind | undefined, ask: Ask): Promise<Seen> {
  const asIssuer = async (): Promise<Known> => ({
    issuer: target,
    source: 'given',
    metadata: await findIssuerMetadata(target, ask),
  });
  if (wanted === 'issuer') return { kind: 'issuer', issuer: await asIssuer() };
  const challenge = await ask(target, firstRequest());
  const metadata = await findResourceMetadata(target, challenge, ask);
  const seen: Seen = { kind: 'resource', challenge, metadata };
  if (wanted === 'resource' || statusOf(challenge) === 401 || firstFound(metadata) !== undefined) return seen;
  const issuer = await asIssuer();
  return firstFound(issuer.metadata) === undefined ? seen : { kind: 'issuer', issuer };
}

/** The first authorization server of a resource; without metadata the origin of the resource, where older agents look. */
async function issuerOf(
  target: string,
  metadata: ResourceEvidence['metadata'],
  ask: Ask,
): Promise<Known | undefined> {
  const [named] = listIn(firstFound(metadata)?.document, 'authorization_servers') ?? [];
  if (named !== undefined) {
    return { issuer: named, source: 'resource', metadata: await findIssuerMetadata(named, ask) };
  }
  const { origin } = new URL(target);
  const atOrigin = await findIssuerMetadata(origin, ask);
  return firstFound(atOrigin) === undefined
    ? undefined
    : { issuer: origin, source: 'origin', metadata: atOrigin };
}

/** What agents send as `resource`: what its metadata say. */
function apiOf(target: string, metadata: ResourceEvidence['metadata']): string {
  const { resource } = firstFound(metadata)?.document ?? {};
  return typeof resource === 'string' ? resource : target;
}
