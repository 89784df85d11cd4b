import type { Vendor } from '@vestibule/core';
import { RECORDED } from './source-of-documents.ts';

/** Makers of assistants and agents. */
export const agents: readonly Vendor[] = [
  {
    name: 'Anthropic',
    aliases: ['Claude', 'Claude Code', 'クロード', 'Клод', '克劳德'],
    neighbours: [
      'clause',
      'clade',
      'chaude',
      'Claudie',
      'Claudel',
      'Claude Monet',
      'Claude Debussy',
      'Claude Shannon',
      'Jean-Claude',
      'anthropic principle',
      'クロード・モネ',
      'クロード・ドビュッシー',
      'Клод Моне',
      'Клод Дебюсси',
      '克劳德·莫奈',
      '克劳德·德彪西',
    ],
    hosts: ['anthropic.com', '*.anthropic.com', 'claude.ai', 'claude.com', '*.claude.com'],
    schemes: ['claude'],
    documents: [
      {
        uri: 'https://claude.ai/oauth/claude-code-client-metadata',
        name: 'Claude Code',
        redirectUris: ['http://localhost/callback', 'http://127.0.0.1/callback'],
        source: RECORDED,
      },
      {
        uri: 'https://claude.ai/oauth/mcp-oauth-client-metadata',
        name: 'Claude',
        redirectUris: ['https://claude.ai/api/mcp/auth_callback'],
        source: RECORDED,
      },
    ],
  },
  {
    name: 'OpenAI',
    aliases: ['ChatGPT', 'OpenAI Codex', 'Codex CLI'],
    commonWords: ['Codex'],
    neighbours: ['OpenAPI', 'OpenAir'],
    hosts: ['openai.com', '*.openai.com', 'chatgpt.com'],
    schemes: ['chatgpt'],
    documents: [
      {
        uri: 'https://chatgpt.com/oauth/client.json',
        name: 'ChatGPT',
        redirectUris: ['https://chatgpt.com/connector_platform_oauth_redirect'],
        source: RECORDED,
      },
      {
        uri: 'https://chatgpt.com/oauth/codex/client.json',
        name: 'Codex',
        redirectUris: ['http://127.0.0.1/callback', 'http://localhost/callback'],
        source: RECORDED,
      },
    ],
  },
  {
    name: 'Perplexity',
    aliases: ['Perplexity AI'],
    commonWords: ['Perplexity'],
    hosts: ['perplexity.ai', 'www.perplexity.ai'],
  },
  {
    name: 'Mistral AI',
    aliases: ['Le Chat Mistral', 'Mistral Le Chat'],
    commonWords: ['Mistral'],
    neighbours: ['mistrals', 'mitral', 'mistrial', 'mistrau'],
    hosts: ['mistral.ai', '*.mistral.ai'],
  },
  { name: 'DeepSeek', hosts: ['deepseek.com', '*.deepseek.com'] },
  {
    name: 'xAI',
    commonWords: ['xAI', 'Grok'],
    hosts: ['x.ai', '*.x.ai', 'grok.com'],
    documents: [
      {
        uri: 'https://grok.com/oauth/mcp-client.json',
        name: 'Grok',
        redirectUris: [
          'https://grok.com/connectors-oauth-exchange-code/',
          'https://console.x.ai/connectors-oauth-exchange-code/',
        ],
        source: 'as others recorded it from the publisher, October 2026',
      },
    ],
  },
  {
    name: 'Cohere',
    commonWords: ['Cohere'],
    neighbours: ['coheres', 'cohered', 'colère'],
    hosts: ['cohere.com', '*.cohere.com'],
  },
  { name: 'Hugging Face', hosts: ['huggingface.co'] },
  { name: 'LM Studio', hosts: ['lmstudio.ai'], schemes: ['lmstudio'] },
  { name: 'Ollama', hosts: ['ollama.com', 'www.ollama.com'], schemes: ['ollama'] },
  { name: 'OpenRouter', hosts: ['openrouter.ai'] },
  { name: 'ElevenLabs', hosts: ['elevenlabs.io'] },
  { name: 'Midjourney', hosts: ['midjourney.com', 'www.midjourney.com'] },
  { name: 'Manus', commonWords: ['Manus'], hosts: ['manus.im'] },
  { name: 'Poe', commonWords: ['Poe'], hosts: ['poe.com'] },
  {
    name: 'Model Context Protocol',
    aliases: ['MCP Inspector'],
    hosts: ['modelcontextprotocol.io'],
  },
  { name: 'mcp-remote', hosts: [] },
  { name: 'mcporter', hosts: [] },
  {
    name: 'goose',
    commonWords: ['goose'],
    hosts: ['goose-docs.ai'],
    documents: [
      {
        uri: 'https://goose-docs.ai/oauth/client-metadata.json',
        name: 'goose',
        redirectUris: ['http://127.0.0.1/oauth_callback', 'http://[::1]/oauth_callback'],
        source: RECORDED,
      },
    ],
  },
];
