/** Look of a brand. Colours as in CSS. */
export interface VideoStyleOverrides {
  primaryColor?: string;
  accentColor?: string;
  /** A colour or a gradient. */
  background?: string;
  fontFamily?: string;
  showBranding?: boolean;
  darkMode?: boolean;
}
