import { describe, expect, it } from 'vitest';
import { assertShapesMatchSdk, CREATE_VERSION } from './check-request.ts';

describe('assertShapesMatchSdk', () => {
  it('holds for the installed SDK', () => {
    expect(() => assertShapesMatchSdk()).not.toThrow();
  });

  it('fails where the SDK sends a field that the server does not know', () => {
    const field = CREATE_VERSION['description'];
    expect(Reflect.deleteProperty(CREATE_VERSION, 'description')).toBe(true);
    try {
      expect(() => assertShapesMatchSdk()).toThrow(/sends data, data_crc32, description, disable_previous/);
    } finally {
      Reflect.set(CREATE_VERSION, 'description', field);
    }
  });
});
