import { parseArgs } from 'node:util';
import type { DocumentFixture } from '../documents/document-fixture.ts';
import { documents as everyDocument } from '../documents/documents.ts';
import { fixtures as everyFixture } from '../fixture/all.ts';
import type { Fixture } from '../fixture/fixture.ts';

/** The options of the command line. */
export interface Options {
  readonly issuer: string;
  readonly resource?: string;
  readonly token?: string;
  /** The agents to register. */
  readonly fixtures: readonly Fixture[];
  /** The metadata documents to try. */
  readonly documents: readonly DocumentFixture[];
  readonly json: boolean;
}

/** The options, or a message for the person who typed them. */
export type ReadOptions =
  | { readonly kind: 'run'; readonly options: Options }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'wrong'; readonly text: string };

const idsOf = (agents: readonly { readonly id: string }[]): string => agents.map(({ id }) => id).join(', ');

const USAGE = `client-fixtures --issuer URL [--resource URL] [--token TOKEN] [--registration] [--documents] [--only NAME]... [--json]

  --issuer        the authorization server, as its metadata names it
  --resource      the API that tokens are requested for (RFC 8707), if it is not found
  --token         an initial access token that every agent sends (RFC 7591 §3)
  --registration  only clients that register
  --documents     only clients with a metadata document
  --only          one agent; can be repeated
  --json          every outcome as JSON, instead of the table

Agents: ${idsOf(everyFixture)}
It registers each of them: try it on a server where they may stay.

Agents with a metadata document: ${idsOf(everyDocument)}
It sends the URL of each document as client_id, such as https://claude.ai/oauth/claude-code-client-metadata.
The server fetches the document from there; this command does not.`;

/** Reads the arguments of the command. */
export function readOptions(args: readonly string[]): ReadOptions {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        issuer: { type: 'string' },
        resource: { type: 'string' },
        token: { type: 'string' },
        registration: { type: 'boolean', default: false },
        documents: { type: 'boolean', default: false },
        only: { type: 'string', multiple: true },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
  const { issuer, resource, token, registration, documents, only, json, help } = values;
  if (help) return { kind: 'help', text: USAGE };
  if (issuer === undefined) return wrong('--issuer is missing.');

  const isNeither = !registration && !documents;
  const fixtures = registration || isNeither ? everyFixture : [];
  const described = documents || isNeither ? everyDocument : [];
  const all = [...fixtures, ...described];
  const unknown = only?.filter((name) => all.every(({ id }) => id !== name)) ?? [];
  if (unknown.length > 0) {
    const which = isNeither || all.length > described.length ? 'agent' : 'agent with a metadata document';
    return wrong(`There is no ${which} ${unknown.join(', ')}.`);
  }
  const isChosen = ({ id }: { readonly id: string }): boolean => only?.includes(id) ?? true;
  return {
    kind: 'run',
    options: {
      issuer,
      fixtures: fixtures.filter(isChosen),
      documents: described.filter(isChosen),
      json,
      ...(resource !== undefined && { resource }),
      ...(token !== undefined && { token }),
    },
  };
}

const wrong = (problem: string): ReadOptions => ({ kind: 'wrong', text: `${problem}\n\n${USAGE}` });
