export type {
  AnalyticsAnnotation,
  AnalyticsCohort,
  AnalyticsEvent,
  AnalyticsEventInput,
  AnalyticsFeatureFlag,
  AnalyticsIdentifyInput,
  AnalyticsInsight,
  AnalyticsInsightType,
  AnalyticsMcpToolCall,
  AnalyticsPerson,
  AnalyticsPropertyFilter,
  AnalyticsProvider,
  AnalyticsQueryInput,
  AnalyticsQueryResult,
  AnalyticsReader,
  AnalyticsRequest,
  AnalyticsRequestMethod,
  AnalyticsResponse,
  AnalyticsWriter,
  DateRangeInput,
  GetAnnotationsInput,
  GetCohortsInput,
  GetEventsInput,
  GetFeatureFlagsInput,
  GetInsightResultInput,
  GetInsightsInput,
  GetPersonsInput,
  PaginatedResponse,
  PaginationInput,
} from './analytics/analytics.ts';
export type {
  CalendarAttendee,
  CalendarEvent,
  CalendarEventInput,
  CalendarEventUpdateInput,
  CalendarListEventsQuery,
  CalendarListEventsResult,
  CalendarProvider,
  CalendarReminder,
} from './calendar/calendar.ts';
export type {
  DatabaseProvider,
  DatabaseQueryResult,
  DatabaseRow,
  DatabaseStatementParam,
} from './database/database.ts';
export type {
  EmailAddress,
  EmailAttachment,
  EmailInboundProvider,
  EmailMessage,
  EmailMessagesSinceQuery,
  EmailOutboundMessage,
  EmailOutboundProvider,
  EmailOutboundResult,
  EmailThread,
  EmailThreadListQuery,
} from './email/email.ts';
export type { EmbeddingDocument, EmbeddingProvider, EmbeddingResult, EmbeddingVector } from './embedding/embedding.ts';
export type {
  GoogleDriveFile,
  GoogleDriveFileBody,
  GoogleDriveFileMetadata,
  GoogleDriveListFilesQuery,
  GoogleDriveListFilesResult,
  GoogleDriveProvider,
  GoogleDriveWatchInput,
  GoogleDriveWatchResult,
} from './storage/google-drive.ts';
export type {
  HealthActivity,
  HealthBiometric,
  HealthConnectionStatus,
  HealthConnectionStatusState,
  HealthDataSource,
  HealthDataTransport,
  HealthGetConnectionStatusParams,
  HealthListActivitiesParams,
  HealthListActivitiesResult,
  HealthListBiometricsParams,
  HealthListBiometricsResult,
  HealthListNutritionParams,
  HealthListNutritionResult,
  HealthListSleepParams,
  HealthListSleepResult,
  HealthListWorkoutsParams,
  HealthListWorkoutsResult,
  HealthNutrition,
  HealthPagination,
  HealthProvider,
  HealthSleep,
  HealthSyncRequest,
  HealthSyncResult,
  HealthWebhookEvent,
  HealthWebhookRequest,
  HealthWorkout,
} from './health/health.ts';
export type {
  GeneratedImageData,
  ImageDimensions,
  ImageFormat,
  ImageGenerationInput,
  ImageGenerationResult,
  ImageModelInfo,
  ImageProvider,
} from './image/image.ts';
export type {
  LLMChatOptions,
  LLMContentPart,
  LLMMessage,
  LLMProvider,
  LLMResponse,
  LLMRole,
  LLMStreamChunk,
  LLMTextPart,
  LLMTokenUsage,
  LLMToolCallPart,
  LLMToolDefinition,
  LLMToolResultPart,
  TokenCountResult,
} from './llm/llm.ts';
export type {
  MeetingParticipant,
  MeetingRecord,
  MeetingRecorderGetMeetingParams,
  MeetingRecorderGetTranscriptParams,
  MeetingRecorderListMeetingsParams,
  MeetingRecorderListMeetingsResult,
  MeetingRecorderProvider,
  MeetingRecorderWebhookEvent,
  MeetingRecorderWebhookRegistration,
  MeetingRecorderWebhookRequest,
  MeetingTranscriptRecord,
  MeetingTranscriptSegment,
} from './meeting-recorder/meeting-recorder.ts';
export type {
  MessagingDeliveryStatus,
  MessagingProvider,
  MessagingSendInput,
  MessagingSendResult,
  MessagingUpdateInput,
} from './messaging/messaging.ts';
export type {
  OpenBankingAccountBalance,
  OpenBankingAccountDetails,
  OpenBankingAccountOwnership,
  OpenBankingAccountSummary,
  OpenBankingBalanceType,
  OpenBankingConnectionStatus,
  OpenBankingGetAccountDetailsParams,
  OpenBankingGetBalancesParams,
  OpenBankingGetConnectionStatusParams,
  OpenBankingListAccountsParams,
  OpenBankingListAccountsResult,
  OpenBankingListTransactionsParams,
  OpenBankingListTransactionsResult,
  OpenBankingProvider,
  OpenBankingTransaction,
} from './openbanking/openbanking.ts';
export type {
  CapturePaymentInput,
  CreateCustomerInput,
  CreatePaymentIntentInput,
  ListInvoicesQuery,
  ListTransactionsQuery,
  Money,
  PaymentCustomer,
  PaymentIntent,
  PaymentIntentStatus,
  PaymentInvoice,
  PaymentRefund,
  PaymentTransaction,
  PaymentsProvider,
  RefundPaymentInput,
} from './payments/payments.ts';
export type { PostHogEvaluationTemplate, PostHogLLMTelemetryEvent } from './analytics/posthog-llm-telemetry.ts';
export type {
  ProjectManagementProvider,
  ProjectManagementWorkItem,
  ProjectManagementWorkItemInput,
  ProjectManagementWorkItemPriority,
  ProjectManagementWorkItemType,
} from './project-management/project-management.ts';
export type {
  ProviderDeltaCursor,
  ProviderDeltaEnvelope,
  ProviderDeltaLease,
  ProviderDeltaReplayCheckpoint,
  ProviderDeltaSyncState,
  ProviderDeltaTombstone,
  ProviderDeltaWebhookChannel,
} from './provider-delta.ts';
export type { SendSmsInput, SmsDeliveryStatus, SmsMessage, SmsProvider } from './sms/sms.ts';
export type {
  DeleteObjectInput,
  GetObjectResult,
  ListObjectsQuery,
  ListObjectsResult,
  ObjectStorageProvider,
  PutObjectInput,
  SignedUrlOptions,
  StorageObjectBody,
  StorageObjectMetadata,
} from './storage/storage.ts';
export type {
  VectorDeleteRequest,
  VectorDocument,
  VectorSearchQuery,
  VectorSearchResult,
  VectorStoreProvider,
  VectorUpsertRequest,
} from './vector-store/vector-store.ts';
export type {
  AudioTrack,
  CompositionMeta,
  CompositionRegistry,
  NarrationConfig,
  RenderConfig,
  RenderResult,
  SceneTransition,
  SceneTransitionType,
  VideoCodec,
  VideoFormat,
  VideoFormatCustom,
  VideoFormatLandscape,
  VideoFormatPortrait,
  VideoFormatSquare,
  VideoOutputFormat,
  VideoProject,
  VideoProjectMetadata,
  VideoProvider,
  VideoScene,
  VideoStyleOverrides,
} from './video/video.ts';
export type {
  AudioData,
  AudioFormat,
  ConversationalEvent,
  ConversationalProvider,
  ConversationalSession,
  ConversationalSessionConfig,
  ConversationalSessionSummary,
  STTProvider,
  STTTranscriptionInput,
  STTTranscriptionResult,
  TTSProvider,
  TTSSynthesisInput,
  TTSSynthesisResult,
  TranscriptionSegment,
  Voice,
  WordTiming,
} from './voice/voice.ts';
export type { VoicePacingDirective, VoiceSegmentTiming, VoiceTimingMap } from './voice/voice-video-sync.ts';
export { appleHealthIntegrationSpec, registerAppleHealthIntegration } from './health/apple-health.ts';
export { composioIntegrationSpec, registerComposioIntegration } from './composio/composio.ts';
export { deepgramIntegrationSpec, registerDeepgramIntegration } from './voice/deepgram.ts';
export { eightSleepIntegrationSpec, registerEightSleepIntegration } from './health/eightsleep.ts';
export { elevenLabsIntegrationSpec, registerElevenLabsIntegration } from './voice/elevenlabs.ts';
export { falIntegrationSpec, registerFalIntegration } from './voice/fal.ts';
export { falImageIntegrationSpec, registerFalImageIntegration } from './image/fal-image.ts';
export { fathomIntegrationSpec, registerFathomIntegration } from './meeting-recorder/fathom.ts';
export { firefliesIntegrationSpec, registerFirefliesIntegration } from './meeting-recorder/fireflies.ts';
export { fitbitIntegrationSpec, registerFitbitIntegration } from './health/fitbit.ts';
export { garminIntegrationSpec, registerGarminIntegration } from './health/garmin.ts';
export { gcsStorageIntegrationSpec, registerGcsStorageIntegration } from './storage/gcs-storage.ts';
export { gmailIntegrationSpec, registerGmailIntegration } from './email/gmail.ts';
export { googleCalendarIntegrationSpec, registerGoogleCalendarIntegration } from './calendar/google-calendar.ts';
export { googleDriveIntegrationSpec, registerGoogleDriveIntegration } from './storage/google-drive.ts';
export { gradiumIntegrationSpec, registerGradiumIntegration } from './voice/gradium.ts';
export { granolaIntegrationSpec, registerGranolaIntegration } from './meeting-recorder/granola.ts';
export { IMAGE_PRESETS } from './image/image.ts';
export { jiraIntegrationSpec, registerJiraIntegration } from './project-management/jira.ts';
export { linearIntegrationSpec, registerLinearIntegration } from './project-management/linear.ts';
export { messagingGithubIntegrationSpec, registerMessagingGithubIntegration } from './messaging/messaging-github.ts';
export { messagingSlackIntegrationSpec, registerMessagingSlackIntegration } from './messaging/messaging-slack.ts';
export {
  messagingTelegramIntegrationSpec,
  registerMessagingTelegramIntegration,
} from './messaging/messaging-telegram.ts';
export {
  messagingWhatsappMetaIntegrationSpec,
  registerMessagingWhatsappMetaIntegration,
} from './messaging/messaging-whatsapp-meta.ts';
export {
  messagingWhatsappTwilioIntegrationSpec,
  registerMessagingWhatsappTwilioIntegration,
} from './messaging/messaging-whatsapp-twilio.ts';
export { mistralIntegrationSpec, registerMistralIntegration } from './llm/mistral.ts';
export {
  mistralConversationalIntegrationSpec,
  registerMistralConversationalIntegration,
} from './voice/mistral-conversational.ts';
export { mistralSttIntegrationSpec, registerMistralSttIntegration } from './voice/mistral-stt.ts';
export { myFitnessPalIntegrationSpec, registerMyFitnessPalIntegration } from './health/myfitnesspal.ts';
export { notionIntegrationSpec, registerNotionIntegration } from './project-management/notion.ts';
export { openaiImageIntegrationSpec, registerOpenaiImageIntegration } from './image/openai-image.ts';
export { openaiRealtimeIntegrationSpec, registerOpenaiRealtimeIntegration } from './voice/openai-realtime.ts';
export { openWearablesIntegrationSpec, registerOpenWearablesIntegration } from './health/openwearables.ts';
export { ouraIntegrationSpec, registerOuraIntegration } from './health/oura.ts';
export { pelotonIntegrationSpec, registerPelotonIntegration } from './health/peloton.ts';
export { posthogIntegrationSpec, registerPosthogIntegration } from './analytics/posthog.ts';
export {
  POSTHOG_EVALUATION_TEMPLATES,
  POSTHOG_LLM_PII_FIELDS,
  POSTHOG_LLM_TELEMETRY_EVENTS,
  posthogLLMTelemetrySpec,
  redactPostHogLLMTelemetryPayload,
} from './analytics/posthog-llm-telemetry.ts';
export { postmarkIntegrationSpec, registerPostmarkIntegration } from './email/postmark.ts';
export { powensIntegrationSpec, registerPowensIntegration } from './openbanking/powens.ts';
export { isProviderDeltaTombstoned } from './provider-delta.ts';
export { qdrantIntegrationSpec, registerQdrantIntegration } from './vector-store/qdrant.ts';
export {
  createDefaultIntegrationSpecRegistry,
  filterByAuthMethod,
  filterByTransport,
  filterByokRotatable,
  filterVersioned,
} from './registry.ts';
export { registerStravaIntegration, stravaIntegrationSpec } from './health/strava.ts';
export { registerStripeIntegration, stripeIntegrationSpec } from './payments/stripe.ts';
export { registerSupabasePostgresIntegration, supabasePostgresIntegrationSpec } from './database/supabase-postgres.ts';
export { registerSupabaseVectorIntegration, supabaseVectorIntegrationSpec } from './vector-store/supabase-vector.ts';
export { registerTldvIntegration, tldvIntegrationSpec } from './meeting-recorder/tldv.ts';
export { registerTwilioSmsIntegration, twilioSmsIntegrationSpec } from './sms/twilio-sms.ts';
export { VIDEO_FORMATS } from './video/video.ts';
export { registerWhoopIntegration, whoopIntegrationSpec } from './health/whoop.ts';
