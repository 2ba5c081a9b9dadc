/** Implementations as they were written against the first interfaces: no new method, no options beyond the first. */
import type {
  EmailInboundProvider,
  EmailMessage,
  EmailMessagesSinceQuery,
  EmailOutboundMessage,
  EmailOutboundProvider,
  EmailOutboundResult,
  EmailThread,
  EmailThreadListQuery,
  EmbeddingDocument,
  EmbeddingProvider,
  EmbeddingResult,
  GoogleDriveFile,
  GoogleDriveListFilesQuery,
  GoogleDriveListFilesResult,
  GoogleDriveProvider,
  LLMChatOptions,
  LLMMessage,
  LLMProvider,
  LLMResponse,
  LLMStreamChunk,
  ObjectStorageProvider,
  TokenCountResult,
  VectorDeleteRequest,
  VectorSearchQuery,
  VectorSearchResult,
  VectorStoreProvider,
  VectorUpsertRequest,
} from '@mortise/contracts-integrations';
import { IntegrationCallGuard, type IntegrationCallResult } from '@mortise/contracts-integrations/integrations/runtime';
import type { ResolvedAppConfig } from '@mortise/core';
import type {
  DeleteObjectInput,
  GetObjectResult,
  ListObjectsQuery,
  ListObjectsResult,
  PutObjectInput,
  SignedUrlOptions,
  StorageObjectMetadata,
} from '@mortise/contracts-integrations/integrations/providers/storage';
import type {
  SecretFetchOptions,
  SecretProvider,
  SecretRotationResult,
  SecretValue,
  SecretWritePayload,
} from '@mortise/contracts-integrations/integrations/secrets/provider';
import type { SecretProvider as LightSecretProvider } from '@mortise/contracts-integrations/integrations/secrets-types';
import { expectTypeOf } from 'vitest';

class Llm implements LLMProvider {
  async chat(messages: LLMMessage[], options?: LLMChatOptions): Promise<LLMResponse> {
    const text = `${messages.length} ${options?.model ?? ''}`;
    return {
      message: { role: 'assistant', content: [{ type: 'text', text }] },
      usage: { promptTokens: 1, completionTokens: 1, totalTokens: 2 },
      finishReason: 'stop',
    };
  }
  async *stream(messages: LLMMessage[], options?: LLMChatOptions): AsyncIterable<LLMStreamChunk> {
    yield { type: 'message_delta', delta: { type: 'text', text: 'a' }, index: 0 };
    yield { type: 'end', response: await this.chat(messages, options) };
  }
  async countTokens(messages: LLMMessage[]): Promise<TokenCountResult> {
    return { promptTokens: messages.length };
  }
}

class Embedding implements EmbeddingProvider {
  async embedDocuments(documents: EmbeddingDocument[], options?: { model?: string }): Promise<EmbeddingResult[]> {
    return documents.map(({ id }) => ({ id, vector: [1], dimensions: 1, model: options?.model ?? 'default' }));
  }
  async embedQuery(query: string, options?: { model?: string }): Promise<EmbeddingResult> {
    return { id: query, vector: [1], dimensions: 1, model: options?.model ?? 'default', metadata: { a: 'b' } };
  }
}

class VectorStore implements VectorStoreProvider {
  async upsert(request: VectorUpsertRequest): Promise<void> {
    expectTypeOf(request.documents[0]?.vector).toExtend<readonly number[] | undefined>();
  }
  async search(query: VectorSearchQuery): Promise<VectorSearchResult[]> {
    return [{ id: query.collection, score: 1, payload: { a: 1 } }];
  }
  async delete(request: VectorDeleteRequest): Promise<void> {
    expectTypeOf(request.collection).toEqualTypeOf<string>();
  }
}

class Email implements EmailOutboundProvider, EmailInboundProvider {
  async sendEmail(message: EmailOutboundMessage): Promise<EmailOutboundResult> {
    return { id: message.subject, queuedAt: new Date() };
  }
  async listThreads(query?: EmailThreadListQuery): Promise<EmailThread[]> {
    return query === undefined ? [] : [{ id: 't', participants: [], messages: [], updatedAt: new Date() }];
  }
  async getThread(_threadId: string): Promise<EmailThread | null> {
    return null;
  }
  async listMessagesSince(
    query: EmailMessagesSinceQuery,
  ): Promise<{ messages: EmailMessage[]; nextPageToken?: string }> {
    const from = { email: query.label ?? 'a@example.com' };
    return { messages: [{ id: 'm', threadId: 't', from, to: [from], sentAt: new Date() }], nextPageToken: 'next' };
  }
}

class Drive implements GoogleDriveProvider {
  async listFiles(query?: GoogleDriveListFilesQuery): Promise<GoogleDriveListFilesResult> {
    return { files: [{ id: 'f', name: query?.query ?? 'n', mimeType: 'text/plain', modifiedTime: new Date() }] };
  }
  async getFile(fileId: string): Promise<GoogleDriveFile | null> {
    return { id: fileId, name: 'n', mimeType: 'text/plain', data: new Uint8Array() };
  }
}

class Storage implements ObjectStorageProvider {
  async putObject(input: PutObjectInput): Promise<StorageObjectMetadata> {
    return { bucket: input.bucket, key: input.key, sizeBytes: 0 };
  }
  async getObject(input: DeleteObjectInput): Promise<GetObjectResult | null> {
    return { bucket: input.bucket, key: input.key, sizeBytes: 0, data: new Uint8Array() };
  }
  async deleteObject(_input: DeleteObjectInput): Promise<void> {}
  async generateSignedUrl(options: SignedUrlOptions): Promise<{ url: string; expiresAt: Date }> {
    return { url: `https://example.com/${options.key}`, expiresAt: new Date() };
  }
  async listObjects(_query: ListObjectsQuery): Promise<ListObjectsResult> {
    return { objects: [] };
  }
}

class Vault implements SecretProvider {
  readonly id = 'vault';
  canHandle(reference: string): boolean {
    return reference.startsWith('vault://');
  }
  async getSecret(_reference: string, options?: SecretFetchOptions): Promise<SecretValue> {
    return { data: new Uint8Array(), retrievedAt: new Date(), version: options?.version ?? '1' };
  }
  async setSecret(reference: string, _payload: SecretWritePayload): Promise<SecretRotationResult> {
    return { reference, version: '1' };
  }
  async rotateSecret(reference: string, _payload: SecretWritePayload): Promise<SecretRotationResult> {
    return { reference, version: '1' };
  }
  async deleteSecret(_reference: string): Promise<void> {}
}

expectTypeOf<Llm>().toExtend<LLMProvider>();
expectTypeOf<Embedding>().toExtend<EmbeddingProvider>();
expectTypeOf<VectorStore>().toExtend<VectorStoreProvider>();
expectTypeOf<Email>().toExtend<EmailInboundProvider & EmailOutboundProvider>();
expectTypeOf<Drive>().toExtend<GoogleDriveProvider>();
expectTypeOf<Storage>().toExtend<ObjectStorageProvider>();
expectTypeOf<Vault>().toExtend<SecretProvider>();
// A full backend serves where only reading is asked for.
expectTypeOf<SecretProvider>().toExtend<LightSecretProvider>();

// A result as callers build it, and as the guard returns it.
const built: IntegrationCallResult<string> = {
  success: true,
  data: 'x',
  metadata: { latencyMs: 1, connectionId: 'c', ownershipMode: 'byok', attempts: 1 },
};
declare const config: ResolvedAppConfig;
const returned: IntegrationCallResult<string> = await new IntegrationCallGuard(new Vault()).executeWithGuards(
  'slot',
  'operation',
  {},
  config,
  async (connection, secrets) => `${connection.meta.id} ${secrets['apiKey'] ?? ''} ${built.data ?? ''}`,
);
expectTypeOf(returned.data).toEqualTypeOf<string | undefined>();
