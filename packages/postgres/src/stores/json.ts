/** A value as JSON, for a nullable column. */
export const jsonOrNull = (value: object | undefined): string | null =>
  value === undefined ? null : JSON.stringify(value);

/** The value of a JSON text, frozen in depth, so that it can be returned many times. */
export const frozenJson = (text: string): ReturnType<typeof JSON.parse> =>
  JSON.parse(text, (_, value: unknown) => Object.freeze(value));
