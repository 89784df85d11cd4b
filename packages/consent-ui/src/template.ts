import { readFileSync } from 'node:fs';
import ejs from 'ejs';
import type { Page } from '@vestibule/server';
import { pageHeaders } from './headers.ts';
import { STYLE } from './style.ts';

/** Texts for a template; every one is escaped where it is put. */
export type Locals = Readonly<Record<string, unknown>>;

/** What stands around every page. */
export interface Frame {
  readonly title: string;
  readonly realmName: string;
  /** Where the page leads on to by itself. */
  readonly refresh?: string | undefined;
  /** Where its form posts to, if not home. */
  readonly formTarget?: string | undefined;
}

/** Renders a page of one kind. */
export type Template = (frame: Frame, locals: Locals) => Page;

/** Reads the templates and makes them ready. */
export function loadTemplates<Name extends string>(names: readonly Name[]): Record<Name, Template>;
export function loadTemplates(names: readonly string[]): Record<string, Template> {
  const layout = compile('layout');
  return Object.fromEntries(
    names.map((name) => {
      const body = compile(name);
      const render: Template = ({ title, realmName, refresh, formTarget }, locals) => ({
        html: layout({ title, realmName, refresh, style: STYLE, body: body(locals) }),
        headers: pageHeaders(formTarget),
      });
      return [name, render];
    }),
  );
}

function compile(name: string): (locals: Locals) => string {
  const source = readFileSync(new URL(`../views/${name}.ejs`, import.meta.url), 'utf8');
  return ejs.compile(source, { filename: name });
}
