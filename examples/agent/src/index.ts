export { attach, type AttachOptions } from './attach.ts';
export {
  type AttachedAgent,
  type Attachment,
  type AttachmentOptions,
  startAttachment,
  type ToolResult,
} from './attachment.ts';
export { type Callback, listenForCallback } from './callback.ts';
export { handshake, type HandshakeOptions } from './handshake.ts';
export { createNarrator, type Narrator } from './narrator.ts';
export { obtainToken, type ObtainedToken, type ObtainTokenOptions } from './obtain-token.ts';
export { type ScriptedPersonOptions, type SeenPage, walkThrough } from './person.ts';
export { AgentMemory } from './provider.ts';
