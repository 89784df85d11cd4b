/** What ending a client cannot end: APIs that verify tokens by themselves ask nobody. */
export const HELD_TOKENS = 'Access tokens it holds last out their minutes at APIs that do not ask.';
