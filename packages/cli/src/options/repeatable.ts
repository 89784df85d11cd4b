/** Parses an option that may be repeated: adds each value to the earlier ones, which its opposite (`false`) removes. */
export const repeatable =
  (read: (text: string) => string = (text) => text) =>
  (text: string, before: readonly string[] | false | undefined): readonly string[] => [
    ...new Set([...(before || []), read(text)]),
  ];
