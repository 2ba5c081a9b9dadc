/** A voice that can be chosen by its id. */
export interface Voice {
  /** The vendor's id; what `voiceId` takes. */
  id: string;
  /** Label for people. */
  name: string;
  description?: string;
  /** Main language, a BCP 47 tag such as `en-GB`. */
  language?: string;
  gender?: 'male' | 'female' | 'neutral';
  /** Address of a sample. */
  previewUrl?: string;
  /** What the voice can be used for. Absent: not known. */
  capabilities?: ('tts' | 'conversational')[];
  /** What else the vendor says, by its own names. */
  metadata?: Record<string, string>;
}
