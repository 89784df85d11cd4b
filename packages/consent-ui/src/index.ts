export { Html, text } from './html.ts';
export { en } from './messages/en.ts';
export type { Messages } from './messages/messages.ts';
export { createPages, type PagesOptions } from './pages.ts';
