import type { Standing } from '@vestibule/core';
import type { PageProblem } from '../pages/views.ts';

/** What a person is told whose client cannot go on as it stands; `undefined` if it can. */
export function problemOf({ kind }: Standing): PageProblem | undefined {
  switch (kind) {
    case 'good':
    case 'asleep':
    case 'restorable':
      return undefined;
    case 'unacceptable':
      return 'client-unacceptable';
    case 'blocked':
      return 'client-blocked';
    case 'gone':
      return 'client-unknown';
  }
}
