export { attachCommands } from './front-page.ts';
export { withFrontPage } from './front-page-routes.ts';
export { startToyAgent, type ToyAgent, type ToyAgentTarget } from './toy-agent/toy-agent.ts';
