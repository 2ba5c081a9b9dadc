export type {
  AnalyticsEventInput,
  AnalyticsIdentifyInput,
  AnalyticsMcpToolCall,
  AnalyticsWriter,
} from '@mortise/provider-analytics';
