import { readFileSync } from 'node:fs';
import type { Milliseconds } from '@vestibule/core';
import ejs from 'ejs';
import type { Page } from '@vestibule/server';
import { type HeaderOptions, pageHeaders } from './headers.ts';
import { escapeHtml, Html } from './html.ts';
import { once } from './once.ts';
import { STYLE, waitingStyle } from './style.ts';

/** Values for a template. Each is escaped where it is inserted, except {@link Html}. */
export type Locals = Readonly<Record<string, unknown>>;

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
export type Template = (frame: Frame, locals: Locals) => Page;

/**
 * The templates by their names. Each is read and compiled when it first renders a page.
 *
 * @param language the `lang` of the pages
 */
export function loadTemplates<Name extends string>(
  names: readonly Name[],
  language: string,
): Record<Name, Template>;
export function loadTemplates(names: readonly string[], language: string): Record<string, Template> {
  const layout = once(() => compile('layout'));
  return Object.fromEntries(
    names.map((name) => {
      const body = once(() => compile(name));
      const render: Template = ({ title, realmName, refresh, readingTime = 0, ...frame }, locals) => {
        const more = waitingStyle(readingTime);
        const styles = [STYLE, ...more].map((style) => new Html(style));
        const content = new Html(body()(locals));
        return {
          html: layout()({ language, title, realmName, refresh, styles, body: content }),
          headers: pageHeaders({ ...frame, more }),
        };
      };
      return [name, render];
    }),
  );
}

/** Renders the body of a page as HTML. */
type Compiled = (locals: Locals) => string;

function compile(name: string): Compiled {
  const source = readFileSync(new URL(`../views/${name}.ejs`, import.meta.url), 'utf8');
  return ejs.compile(source, { filename: name, escape: escapeHtml });
}
