import { describe, expect, it } from 'vitest';
import { providesCapability, satisfiesRequirement } from './capability.ts';

const provided = [
  { key: 'ai.chat', version: '1.0.0' },
  { key: 'ai.embed', version: '2.0.0' },
];

describe('providesCapability', () => {
  it('matches key and version exactly', () => {
    expect(providesCapability(provided, { key: 'ai.chat', version: '1.0.0' })).toBe(true);
    expect(providesCapability(provided, { key: 'ai.chat', version: '1.0.1' })).toBe(false);
    expect(providesCapability([], { key: 'ai.chat', version: '1.0.0' })).toBe(false);
  });
});

describe('satisfiesRequirement', () => {
  it('wants the version only where one is named', () => {
    expect(satisfiesRequirement(provided, { key: 'ai.embed' })).toBe(true);
    expect(satisfiesRequirement(provided, { key: 'ai.embed', version: '2.0.0' })).toBe(true);
    expect(satisfiesRequirement(provided, { key: 'ai.embed', version: '1.0.0' })).toBe(false);
    expect(satisfiesRequirement(provided, { key: 'ai.other' })).toBe(false);
  });

  it('is met by anything when it is optional', () => {
    expect(satisfiesRequirement([], { key: 'ai.other', optional: true })).toBe(true);
  });
});
