export { createRouter, type RouterOptions } from './router.ts';
