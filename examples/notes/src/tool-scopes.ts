/** The scope that each tool requires. */
export const TOOL_SCOPES = {
  list_notes: 'notes:read',
  add_note: 'notes:write',
  delete_all_notes: 'notes:admin',
} as const;

/** The name of a tool. */
export type Tool = keyof typeof TOOL_SCOPES;
