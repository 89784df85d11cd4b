import type { RequirementId } from './requirements.ts';

/**
 * The title of a test, with the requirements that it shows. Ids are written out where the test stands: whoever looks
 * for them reads the file.
 */
export const cite = (title: string, ...ids: readonly [RequirementId, ...RequirementId[]]): string =>
  `${title} [${ids.join(', ')}]`;
