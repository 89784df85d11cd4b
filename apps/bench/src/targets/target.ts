import type { Connection } from '../http/connection.ts';
import type { Cookies } from '../http/cookies.ts';
import type { Person, Submission } from '../http/html-form.ts';
import type { HttpResponse } from '../http/response-reader.ts';
import type { RunningServer } from './running-server.ts';

/** What is measured beside peers. A ceiling has only the first two. */
export const OPERATIONS = ['metadata', 'register', 'flow', 'refresh', 'introspect'] as const;
/** Flows of clients that are known before, by registration or by a document. */
export const KNOWN_CLIENT_OPERATIONS = ['registered-flow', 'document-flow'] as const;
/** Every operation, in the order in which they are measured. */
export const ALL_OPERATIONS = [...OPERATIONS, ...KNOWN_CLIENT_OPERATIONS] as const;
export type Operation = (typeof ALL_OPERATIONS)[number];

/** Where and how a target starts. */
export interface Place {
  /** An empty folder for its data, which is removed afterwards. */
  readonly folder: string;
  readonly port: number;
  /** The Node binary that runs it. */
  readonly node: string;
  /** The core that it may use; any if it is absent. */
  readonly core?: number;
}

/** A server that is measured. */
export interface Target {
  readonly name: string;
  /** Where it keeps what it answered for, and how durably. */
  readonly storage: string;
  /** What a reader of the table has to know: mostly what it does not do. */
  readonly notes: readonly string[];
  /** Names and versions of what runs. */
  readonly versions: () => string;
  readonly operations: readonly Operation[];
  /** The path of the metadata document. It is ready when that responds with 200. */
  readonly metadataPath: string;
  /** Absent for a ceiling, which only echoes. */
  readonly behavior?: Behavior;
  /** Absent for a server that already runs, whose start, memory and CPU time are not measured. */
  readonly address?: string;
  readonly start: (place: Place) => Promise<RunningServer>;
}

/** How an agent and a person use a server, as far as the metadata does not say it. */
export interface Behavior {
  readonly scope: string;
  /** RFC 8707, for servers that have it. */
  readonly resource?: string;
  readonly person: Person;
  /** The number of browsers that sign in before the measurement. Each costs a password hash. */
  readonly sessions: number;
  /** Signs in without a form. */
  readonly signIn?: (connection: Connection, index: number) => Promise<Cookies>;
  /** Answers a page that is not a form: returns the next request, or where to go. */
  readonly answer?: (response: HttpResponse, url: URL) => Answer | undefined;
}

/** The next step of a browser that the pages of a server do not describe as HTML. */
export type Answer =
  | { readonly kind: 'redirect'; readonly to: string }
  | { readonly kind: 'post'; readonly submission: Submission; readonly contentType: string };

/** The API that all tokens are for. */
export const RESOURCE = 'https://rs.example/mcp';
/** The scope that all clients ask for. */
export const SCOPE = 'mcp:read';
