import { randomInt } from 'node:crypto';
import type { GetRandomPasswordRequest, GetRandomPasswordResponse } from '@aws-sdk/client-secrets-manager';
import { invalidParameter } from '../service-error.ts';
import type { OperationContext } from './operation-context.ts';

const DEFAULT_LENGTH = 32;

/** A new password each time, of the kinds of characters that are left. */
export function getRandomPassword(
  _context: OperationContext,
  input: GetRandomPasswordRequest,
): GetRandomPasswordResponse {
  const excluded = new Set(input.ExcludeCharacters ?? '');
  const kinds = [
    input.ExcludeLowercase === true ? '' : 'abcdefghijklmnopqrstuvwxyz',
    input.ExcludeUppercase === true ? '' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    input.ExcludeNumbers === true ? '' : '0123456789',
    input.ExcludePunctuation === true ? '' : '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
    input.IncludeSpace === true ? ' ' : '',
  ].map((kind) => kind.split('').filter((letter) => !excluded.has(letter)));
  const usable = kinds.filter((kind) => kind.length > 0);
  const all = usable.flat();
  const length = input.PasswordLength ?? DEFAULT_LENGTH;
  const isEach = input.RequireEachIncludedType !== false;
  if (all.length === 0) throw invalidParameter('Every character is excluded.');
  if (isEach && length < usable.length) {
    throw invalidParameter('Password length is too short based on the required types.');
  }
  const pick = (letters: readonly string[]): string => letters[randomInt(letters.length)] ?? '';
  const letters = Array.from({ length }, (_, index) => pick((isEach ? usable[index] : undefined) ?? all));
  for (let index = letters.length - 1; index > 0; index -= 1) {
    const other = randomInt(index + 1);
    [letters[index], letters[other]] = [letters[other] ?? '', letters[index] ?? ''];
  }
  return { RandomPassword: letters.join('') };
}
