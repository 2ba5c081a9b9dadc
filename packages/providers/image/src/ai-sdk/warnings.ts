import type { SharedV3Warning, SharedV4Warning, ImageModelV2CallWarning } from '@ai-sdk/provider';
import type { IntegrationWarning } from '@mortise/core';

/** Warnings of any version in our form. */
export function warningsFromAiSdk(
  warnings: readonly (ImageModelV2CallWarning | SharedV3Warning | SharedV4Warning)[],
): IntegrationWarning[] {
  return warnings.map((warning): IntegrationWarning => {
    switch (warning.type) {
      case 'unsupported-setting':
        return { type: 'unsupported', field: warning.setting, message: warning.details ?? 'Not supported' };
      case 'unsupported':
      case 'compatibility':
        return {
          type: warning.type,
          field: warning.feature,
          message: warning.details ?? `Feature "${warning.feature}"`,
        };
      case 'deprecated':
        return { type: 'deprecated', field: warning.setting, message: warning.message };
      default:
        return { type: 'other', message: warning.message };
    }
  });
}

/** Our warnings in the form of the AI SDK. */
export function warningsToAiSdk(warnings: readonly IntegrationWarning[]): SharedV4Warning[] {
  return warnings.map(({ type, field, message }): SharedV4Warning => {
    if (field !== undefined && (type === 'unsupported' || type === 'compatibility')) {
      return { type, feature: field, details: message };
    }
    if (field !== undefined && type === 'deprecated') return { type, setting: field, message };
    return { type: 'other', message: field === undefined ? message : `${field}: ${message}` };
  });
}
