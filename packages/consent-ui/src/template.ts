import { readFileSync } from 'node:fs';
import type { Milliseconds } from '@vestibule/core';
import ejs from 'ejs';
import type { Page } from '@vestibule/server';
import { type HeaderOptions, pageHeaders } from './headers.ts';
import { STYLE, waitingStyle } from './style.ts';

/** Texts for a template; every one is escaped where it is put. */
export type Locals = Readonly<Record<string, unknown>>;

/** What stands around every page. */
export interface Frame extends Omit<HeaderOptions, 'more'> {
  readonly title: string;
  readonly realmName: string;
  /** Where the page leads on to by itself. */
  readonly refresh?: string | undefined;
  /** How long the server wants the page to be displayed before it takes a click. @default that of {@link STYLE} */
  readonly readingTime?: Milliseconds | undefined;
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
      const render: Template = ({ title, realmName, refresh, readingTime = 0, ...frame }, locals) => {
        const more = waitingStyle(readingTime);
        return {
          html: layout({ title, realmName, refresh, styles: [STYLE, ...more], body: body(locals) }),
          headers: pageHeaders({ ...frame, more }),
        };
      };
      return [name, render];
    }),
  );
}

function compile(name: string): (locals: Locals) => string {
  const source = readFileSync(new URL(`../views/${name}.ejs`, import.meta.url), 'utf8');
  return ejs.compile(source, { filename: name });
}
