/** The members of a JSON object. */
export type Members = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `null` means that a member is absent. */
export const isPresent = (value: unknown): boolean => value !== undefined && value !== null;

export const isText = (value: unknown): value is string => typeof value === 'string';
