import { RULES, type RuleDescription } from '@vestibule/core/policy';
import { contents, list, namedHeading, type Page, page, paragraphs, prose } from '../markdown/markdown.ts';
import { literalsOf, resolve } from '../source/members.ts';
import { inRepository } from '../source/paths.ts';
import { readSource } from '../source/source-file.ts';

/** The headings of the families of rules: what is before the dot. */
const HEADINGS: Readonly<Record<string, string>> = {
  body: 'The body of the request',
  metadata: 'Client metadata',
  'client-id': 'The URL of a metadata document',
  document: 'Metadata documents',
  'software-statement': 'Software statements',
  'redirect-uris': 'Redirect URIs',
  'token-endpoint-auth-method': 'Authentication',
  'grant-types': 'Grant types',
  'response-types': 'Response types',
  scope: 'Scopes',
  'initial-access-token': 'Initial access tokens',
  languages: 'Languages',
  'client-name': 'Names',
  'application-type': 'Application types',
  'claimed-uris': 'Pages about the client',
  software: 'Software',
  contacts: 'Contacts',
  management: 'Updates of a registration',
};

const PEOPLE = 'People';
const UPSTREAM = 'Sign-in at a provider';

/** The page of all rules, to which error descriptions lead. */
export function rulesPage(): Page {
  const families = Map.groupBy(RULES, ({ id }) => id.slice(0, id.indexOf('.')));
  const headings = [...families.keys()].map(headingOf);
  return page(
    'rules.md',
    'Rules',
    'Every rule that can refuse or change a registration or a metadata document: what to do, and why it exists.',
    'The id of a rule is in brackets at the end of an error description, such as `[redirect-uris.fragment]`. The `error_uri` of the response leads to the same text at the server itself: `/connect/rules` of the realm.',
    'Try a body before you send it: `vestibule explain FILE`. For a document, run `vestibule documents check URL`.',
    contents([...headings, PEOPLE, UPSTREAM]),
    ...[...families].map(([family, rules]) =>
      paragraphs(`## ${headingOf(family)}`, ...rules.map(ruleSection)),
    ),
    `## ${PEOPLE}`,
    'These refuse what a person wants to allow, for clients of every kind. The person reads a page about it; events have the id.',
    ...personRules().map(({ id, description }) => paragraphs(namedHeading(3, id), prose(description))),
    `## ${UPSTREAM}`,
    'These say why a sign-in at an OpenID provider failed. People get a plain page; the operator gets the id and a detail in the log.',
    ...upstreamRules().map(({ id, description }) => paragraphs(namedHeading(3, id), prose(description))),
  );
}

const headingOf = (family: string): string => HEADINGS[family] ?? `${family} rules`;

const ruleSection = ({ id, source, title, fix, why }: RuleDescription): string =>
  paragraphs(
    namedHeading(3, id),
    `**${prose(title)}**`,
    list([`**What to do:** ${prose(fix)}`, `**Why:** ${prose(why)}`, `**Source:** ${source}`]),
  );

/** A rule that is a literal of a type. */
interface TypedRule {
  readonly id: string;
  readonly description: string;
}

/** The rules that a person can break. */
export const personRules = (): readonly TypedRule[] =>
  rulesOfType('packages/core/src/gates/allows-person.ts', 'PersonRule');

const upstreamRules = (): readonly TypedRule[] =>
  rulesOfType('packages/upstream/src/failure.ts', 'UpstreamRule');

function rulesOfType(path: string, name: string): readonly TypedRule[] {
  const found = resolve(readSource(inRepository(path)), name);
  return found?.kind === 'alias'
    ? literalsOf(found).map(({ value, doc }) => ({ id: value, description: doc?.text ?? '' }))
    : [];
}
