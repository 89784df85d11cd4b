import { parseArgs } from 'node:util';
import { AGENT_IDS } from '../agents/audience.ts';
import type { TargetKind } from '../evidence/evidence.ts';
import { webUrl } from '../exchange/web-url.ts';

/** The options of the command line. */
export interface Options {
  readonly target: string;
  readonly kind?: TargetKind;
  readonly register: boolean;
  readonly resource?: string;
  readonly token?: string;
  readonly only?: readonly string[];
  readonly json: boolean;
  /** The paths of files to write. */
  readonly html?: string;
  readonly sarif?: string;
  readonly verbose: boolean;
  readonly strict: boolean;
}

/** The options, or a message for the person who typed them. */
export type ReadOptions =
  | { readonly kind: 'run'; readonly options: Options }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'wrong'; readonly text: string };

const USAGE = `doctor URL [options]

Examines an MCP server or an OAuth authorization server as AI agents find it. Without --register it creates nothing there.

  --as KIND         what the URL is: resource or issuer (default: what its responses suggest)
  --register        register a client of the doctor and one for each agent, and try their redirect URIs
  --only AGENT      with --register, one agent; can be repeated
  --token TOKEN     with --register, an initial access token
  --resource URL    the API that tokens are requested for, if the URL is an issuer
  --json            print the report as JSON
  --html FILE       also write it as an HTML page
  --sarif FILE      also write it as SARIF 2.1.0
  --strict          exit with 1 for warnings, too
  --verbose         list every observation, and the checks that passed
  --help            print this help

Exit codes: 0 no errors were found; 1 errors were found; 2 invalid usage; 3 the server did not respond.

Agents: ${AGENT_IDS.join(', ')}`;

/** Reads the arguments of the command. */
export function readOptions(args: readonly string[]): ReadOptions {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        as: { type: 'string' },
        register: { type: 'boolean', default: false },
        only: { type: 'string', multiple: true },
        token: { type: 'string' },
        resource: { type: 'string' },
        json: { type: 'boolean', default: false },
        html: { type: 'string' },
        sarif: { type: 'string' },
        strict: { type: 'boolean', default: false },
        verbose: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  if (values.help) return { kind: 'help', text: USAGE };
  const [target, ...more] = positionals;
  const problem = problemOf(target, more, values);
  if (target === undefined || problem !== undefined) return wrong(problem ?? 'The URL is missing.');
  const { as, register, only, token, resource, json, html, sarif, strict, verbose } = values;
  return {
    kind: 'run',
    options: {
      target,
      register,
      json,
      strict,
      verbose,
      ...((as === 'resource' || as === 'issuer') && { kind: as }),
      ...(only !== undefined && { only }),
      ...(token !== undefined && { token }),
      ...(resource !== undefined && { resource }),
      ...(html !== undefined && { html }),
      ...(sarif !== undefined && { sarif }),
    },
  };
}

interface Values {
  readonly as?: string | undefined;
  readonly register: boolean;
  readonly only?: readonly string[] | undefined;
  readonly token?: string | undefined;
}

function problemOf(
  target: string | undefined,
  more: readonly string[],
  { as, register, only = [], token }: Values,
): string | undefined {
  if (target === undefined) return 'The URL is missing.';
  if (more.length > 0) return `Give one URL, not ${more.length + 1}.`;
  if (webUrl(target) === undefined) return `${target} is no http or https URL.`;
  if (as !== undefined && as !== 'resource' && as !== 'issuer') return '--as is resource or issuer.';
  const unknown = only.filter((id) => !AGENT_IDS.includes(id));
  if (unknown.length > 0) return `There is no agent ${unknown.join(', ')}.`;
  return !register && (only.length > 0 || token !== undefined)
    ? '--only and --token need --register.'
    : undefined;
}

const wrong = (problem: string): ReadOptions => ({ kind: 'wrong', text: `${problem}\n\n${USAGE}` });
