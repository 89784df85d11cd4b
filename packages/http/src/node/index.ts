export { sendResponse } from './send-response.ts';
export { discardRest } from './to-body.ts';
export { type NodeRequest, toRequest } from './to-request.ts';
