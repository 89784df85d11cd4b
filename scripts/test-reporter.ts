import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node';

/** Where a package leaves {@link TestResults}, below its folder. */
export const RESULTS = '.test-results';

/** The result of one run of vitest. */
export interface TestResults {
  readonly passed: number;
  /** Tests that failed, files that could not be loaded, and errors outside tests. */
  readonly failed: number;
  readonly skipped: number;
  /** Ids of requirements that passed tests cite. */
  readonly cited: readonly string[];
}

/** The citation at the end of a title: `[rfc7591:3.2.2:json, vestibule:rules:no-secret]`. */
const CITATION = /\[([a-z][^\s\]:]*:[^\]]*)\]/g;

/** Writes a file with the number of passed tests and the requirements that they cite. */
export class TestReporter implements Reporter {
  readonly #run: string;

  /** @param run the name of this run, if a package has several */
  constructor(run = 'results') {
    this.#run = run;
  }

  onTestRunEnd(
    modules: readonly TestModule[],
    unhandledErrors: readonly unknown[],
    reason: TestRunEndReason,
  ): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (state: string) => tests.filter((test) => test.result().state === state);
    const broken = modules.filter((module) => module.errors().length > 0).length;
    const failed = inState('failed').length + broken + unhandledErrors.length;
    const passed = inState('passed');
    const results: TestResults = {
      passed: passed.length,
      failed: failed === 0 && reason !== 'passed' ? 1 : failed,
      skipped: inState('skipped').length,
      cited: [...new Set(passed.flatMap(({ fullName }) => citedIn(fullName)))],
    };
    mkdirSync(RESULTS, { recursive: true });
    // One file of each name, so that results of an earlier run are replaced.
    writeFileSync(join(RESULTS, `${this.#run}.json`), JSON.stringify(results));
  }
}

/** The ids of requirements that a title cites, with those of the groups around it. */
export const citedIn = (title: string): readonly string[] =>
  [...title.matchAll(CITATION)].flatMap(([, ids = '']) => ids.split(', '));
