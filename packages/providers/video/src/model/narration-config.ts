/** Whether and how a voice speaks over the video. */
export interface NarrationConfig {
  enabled: boolean;
  voiceId?: string;
  /** BCP 47 tag. */
  language?: string;
  style?: 'professional' | 'casual' | 'technical';
}
