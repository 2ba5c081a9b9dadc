import {
  authHeaders,
  authPrefixes,
  baseUrl,
  choicesOf,
  currentVersion,
  origin,
  signatureHeaders,
  versionHeader,
} from '../spec-reading.ts';
import type { SdkPlace, VendorFact } from '../vendor-fact.ts';

const openai = (file: string, says: RegExp): SdkPlace => ({ package: 'openai', file, says });
const anthropic = (says: RegExp): SdkPlace => ({ package: '@anthropic-ai/sdk', file: 'client.mjs', says });
const mistral = (says: RegExp): SdkPlace => ({ package: '@mistralai/mistralai', file: 'esm/lib/config.js', says });
const gemini = (says: RegExp): SdkPlace => ({ package: '@google/genai', file: 'dist/node/index.mjs', says });

/** The specs that share a host and a key with OpenAI's and Mistral's language models. */
const OPENAI_SPECS = ['ai-llm.openai', 'ai-voice-conv.openai', 'ai-image.openai'];
const MISTRAL_SPECS = ['ai-llm.mistral', 'ai-voice-stt.mistral', 'ai-voice-conv.mistral'];

export const aiFacts: readonly VendorFact[] = [
  ...OPENAI_SPECS.map((spec): VendorFact => ({
    spec,
    fact: 'base URL',
    ours: baseUrl,
    theirs: openai('client.mjs', /: `(https:\/\/api\.openai\.com[^`]*)`/g),
  })),
  {
    spec: 'ai-llm.openai',
    fact: 'hosts of regions',
    ours: choicesOf('baseUrl'),
    theirs: openai('internal/data-residency.mjs', /\['\w+', '(https:[^']+?)\/v1'\]/g),
  },
  {
    spec: 'ai-llm.openai',
    fact: 'signature header',
    ours: signatureHeaders,
    theirs: openai('resources/webhooks/webhooks.mjs', /'(webhook-signature)'/g),
  },
  { spec: 'ai-llm.anthropic', fact: 'host', ours: origin, theirs: anthropic(/\|\| `(https:\/\/api\.[^`/]+)`/g) },
  {
    spec: 'ai-llm.anthropic',
    fact: 'API version',
    ours: currentVersion,
    theirs: anthropic(/'anthropic-version': '([^']+)'/g),
  },
  {
    spec: 'ai-llm.anthropic',
    fact: 'version header',
    ours: versionHeader,
    theirs: anthropic(/'(anthropic-version)':/g),
  },
  {
    spec: 'ai-llm.anthropic',
    fact: 'credential header',
    ours: authHeaders,
    theirs: anthropic(/values\.get\('(x-api-key)'\)/g),
  },
  ...MISTRAL_SPECS.map((spec): VendorFact => ({
    spec,
    fact: 'host',
    ours: origin,
    theirs: mistral(/(https:\/\/api\.mistral\.ai)/g),
  })),
  {
    spec: 'ai-llm.mistral',
    fact: 'hosts of regions',
    ours: choicesOf('baseUrl'),
    theirs: mistral(/"(https:\/\/api\.[a-z.]*mistral\.ai)"/g),
  },
  {
    spec: 'ai-llm.google-gemini',
    fact: 'host',
    ours: origin,
    theirs: gemini(/baseUrl = `(https:\/\/generativelanguage[^`]+?)\/?`/g),
  },
  {
    spec: 'ai-llm.google-gemini',
    fact: 'API version',
    ours: currentVersion,
    theirs: gemini(/GOOGLE_AI_API_DEFAULT_VERSION = '([^']+)'/g),
  },
  {
    spec: 'ai-llm.google-gemini',
    fact: 'credential header',
    ours: authHeaders,
    theirs: gemini(/'(x-goog-api-key)'/g),
  },
  {
    spec: 'ai-voice.elevenlabs',
    fact: 'host',
    ours: origin,
    theirs: { package: '@elevenlabs/elevenlabs-js', file: 'environments.js', says: /Production: "(https:[^"]+)"/g },
  },
  {
    spec: 'ai-voice.elevenlabs',
    fact: 'credential header',
    ours: authHeaders,
    theirs: { package: '@elevenlabs/elevenlabs-js', file: 'BaseClient.js', says: /"(xi-api-key)"/g },
  },
  {
    spec: 'ai-voice-stt.deepgram',
    fact: 'host',
    ours: origin,
    theirs: { package: '@deepgram/sdk', file: 'dist/cjs/environments.js', says: /base: "(https:[^"]+)"/g },
  },
  {
    spec: 'ai-voice-stt.deepgram',
    fact: 'prefix of the credential',
    ours: authPrefixes,
    theirs: { package: '@deepgram/sdk', file: 'dist/cjs/CustomClient.js', says: /Authorization: `(Token )\$/g },
  },
  {
    spec: 'ai-voice.fal',
    fact: 'prefix of the credential',
    ours: authPrefixes,
    theirs: { package: '@fal-ai/client', file: 'src/request.js', says: /Authorization: `(Key )\$/g },
  },
  {
    spec: 'vectordb.qdrant',
    fact: 'credential header',
    ours: authHeaders,
    theirs: {
      package: '@qdrant/js-client-rest',
      file: 'dist/esm/qdrant-client.js',
      says: /headers\.set\('([^']+)', apiKey/g,
    },
  },
  {
    spec: 'fallback.composio',
    fact: 'host',
    ours: origin,
    theirs: { package: '@composio/client', file: 'dist/index.mjs', says: /production: "(https:[^"]+)"/g },
  },
  {
    spec: 'fallback.composio',
    fact: 'credential header',
    ours: authHeaders,
    theirs: { package: '@composio/client', file: 'dist/generated-operations-*.mjs', says: /\tApiKeyAuth: "([^"]+)"/g },
  },
];
