import type { RequirementId } from './requirements.ts';

/**
 * The title of a test with the requirements that it covers. Ids are literals, so that they can be found by a text search.
 */
export const cite = (title: string, ...ids: readonly [RequirementId, ...RequirementId[]]): string =>
  `${title} [${ids.join(', ')}]`;
