import { readFileSync } from 'node:fs';
import type { Milliseconds } from '@vestibule/core';
import ejs from 'ejs';
import type { Page } from '@vestibule/server';
import { type HeaderOptions, pageHeaders } from './headers.ts';
import { escapeHtml, Html } from './html.ts';
import { once } from './once.ts';
import { STYLE, waitingStyle } from './style.ts';

/** The names of the values of each template. */
const LOCALS = {
  'sign-in': ['t', 'lead', 'failure', 'isAgain', 'signedIn', 'action', 'interaction', 'csrf', 'username'],
  consent: [
    't',
    'action',
    'interaction',
    'csrf',
    'documentHost',
    'heading',
    'alerts',
    'isConfirmed',
    'notes',
    'facts',
    'groups',
    'areSelected',
    'durations',
    'onlyDuration',
    'closing',
  ],
  'not-allowed': [
    't',
    'heading',
    'lead',
    'whomToAsk',
    'otherAccount',
    'switchPerson',
    'action',
    'interaction',
    'csrf',
  ],
  'authorization-response': [
    't',
    'heading',
    'lead',
    'instruction',
    'location',
    'fields',
    'submit',
    'isPrimary',
    'closing',
    'detail',
  ],
  onward: ['t', 'explanation', 'location'],
  'connected-apps': ['t', 'lead', 'apps', 'ended', 'tokensLast', 'closing'],
  'sign-out': ['t', 'signedIn', 'isOfOnePage', 'lead', 'elsewhere'],
  problem: [
    't',
    'heading',
    'explanation',
    'advice',
    'formerName',
    'likely',
    'others',
    'detail',
    'ruleUrl',
    'again',
  ],
  rules: ['t', 'rules'],
} as const;

const LAYOUT_LOCALS = ['language', 'title', 'realmName', 'refresh', 'styles', 'body'] as const;

type TemplateName = keyof typeof LOCALS;

/** Values for a template. Each is escaped where it is inserted, except {@link Html}. */
type Values<Name extends string> = Readonly<Record<Name, unknown>>;

/** The values of one template. */
export type LocalsOf<Name extends TemplateName> = Values<(typeof LOCALS)[Name][number]>;

/** The parts that every page has. */
export interface Frame extends Omit<HeaderOptions, 'more'> {
  readonly title: string;
  readonly realmName: string;
  /** Where the page redirects to by itself. */
  readonly refresh?: string | undefined;
  /** How long the server wants the page to be displayed before it accepts a click. @default that of {@link STYLE} */
  readonly readingTime?: Milliseconds | undefined;
}

/** Renders a page of one kind. */
type Template<Local extends string> = (frame: Frame, values: Values<Local>) => Page;

/** The templates by their names. */
export type Templates = { readonly [Name in TemplateName]: Template<(typeof LOCALS)[Name][number]> };

const PLAIN_STYLE = new Html(STYLE);

/**
 * The templates. Each is read and compiled when it first renders a page.
 *
 * @param language the `lang` of the pages
 */
export function loadTemplates(language: string): Templates {
  const layout = once(() => compile('layout', LAYOUT_LOCALS));

  function template<Local extends string>(file: string, locals: readonly Local[]): Template<Local> {
    const body = once(() => compile(file, locals));
    return ({ title, realmName, refresh, readingTime = 0, ...frame }, values) => {
      const more = waitingStyle(readingTime);
      const styles = [PLAIN_STYLE, ...more.map((style) => new Html(style))];
      const content = new Html(body()(values));
      return {
        html: layout()({ language, title, realmName, refresh, styles, body: content }),
        headers: pageHeaders({ ...frame, more }),
      };
    };
  }

  return {
    'sign-in': template('sign-in', LOCALS['sign-in']),
    consent: template('consent', LOCALS.consent),
    'not-allowed': template('not-allowed', LOCALS['not-allowed']),
    'authorization-response': template('authorization-response', LOCALS['authorization-response']),
    onward: template('onward', LOCALS.onward),
    'connected-apps': template('connected-apps', LOCALS['connected-apps']),
    'sign-out': template('sign-out', LOCALS['sign-out']),
    problem: template('problem', LOCALS.problem),
    rules: template('rules', LOCALS.rules),
  };
}

/**
 * Compiles a template to a function that renders HTML. Without the names of the values EJS puts the function into a `with`
 * statement, which engines do not optimize.
 */
function compile<Name extends string>(
  file: string,
  locals: readonly Name[],
): (values: Values<Name>) => string {
  const source = readFileSync(new URL(`../views/${file}.ejs`, import.meta.url), 'utf8');
  const options = { strict: true, destructuredLocals: [...locals] };
  return ejs.compile(source, { filename: file, escape: escapeHtml, ...options });
}
