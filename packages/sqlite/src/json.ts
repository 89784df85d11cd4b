/** Reads a JSON column. Its shape is what this package wrote there. */
export const fromJson = <T>(text: string): T => JSON.parse(text);
