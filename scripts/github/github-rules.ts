interface Step {
  readonly uses?: string;
  readonly run?: string;
}

interface Job {
  readonly 'runs-on'?: string;
  readonly 'timeout-minutes'?: number;
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly on?: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly jobs?: Readonly<Record<string, Job>>;
}

/** What is unsafe in a workflow. The schema of workflows is checked by `actionlint`. */
export function workflowProblems({ on = {}, permissions, jobs = {} }: Workflow): readonly string[] {
  const problems: string[] = [];
  if ('pull_request_target' in on) {
    problems.push('pull_request_target runs what strangers wrote with secrets');
  }
  if (JSON.stringify(permissions) !== '{"contents":"read"}') {
    problems.push('the permissions of the workflow have to be contents: read; a job adds what it needs');
  }
  for (const [name, job] of Object.entries(jobs)) {
    if (job['timeout-minutes'] === undefined) problems.push(`${name} has no timeout-minutes`);
    if (job['runs-on']?.endsWith('-latest')) problems.push(`${name} runs on a moving image`);
    for (const { uses, run } of job.steps ?? []) {
      if (uses !== undefined && !/@(?:v\d+\.\d+\.\d+|[\da-f]{40})$/.test(uses)) {
        problems.push(`${name}: ${uses} is not pinned to a version`);
      }
      if (run?.includes('${{')) problems.push(`${name}: an expression in a script; pass it through env`);
    }
  }
  return problems;
}

interface Field {
  readonly type?: string;
  readonly id?: string;
  readonly attributes?: {
    readonly label?: string;
    readonly value?: string;
    readonly options?: readonly unknown[];
  };
}

interface Form {
  readonly name?: string;
  readonly description?: string;
  readonly body?: readonly Field[];
}

const TYPES: ReadonlySet<string> = new Set(['markdown', 'input', 'textarea', 'dropdown', 'checkboxes']);

/**
 * Why GitHub would refuse an issue form.
 *
 * @see https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
 */
export function formProblems({ name, description, body = [] }: Form): readonly string[] {
  const problems: string[] = [];
  if (!name) problems.push('it has no name');
  if (!description) problems.push('it has no description');
  if (body.every(({ type }) => type === 'markdown')) problems.push('it has no field');
  const ids = new Set<string>();
  for (const { type = '', id = '', attributes = {} } of body) {
    if (!TYPES.has(type)) problems.push(`${id} has the unknown type ${type}`);
    if (type === 'markdown') {
      if (!attributes.value) problems.push('a text is empty');
      continue;
    }
    if (!/^[\w-]+$/.test(id)) problems.push(`a field has the id "${id}"`);
    if (ids.has(id)) problems.push(`the id ${id} is there twice`);
    ids.add(id);
    if (!attributes.label) problems.push(`${id} has no label`);
    if (type === 'dropdown' && !(attributes.options && attributes.options.length > 0)) {
      problems.push(`${id} has no options`);
    }
  }
  return problems;
}
