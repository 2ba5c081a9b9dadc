import { createCanary, findCanary } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { DatabaseError, type DatabaseErrorCode } from './database-error.ts';
import { databaseErrorFromSqlState } from './database-error-from-sql-state.ts';
import { databaseErrorCodeOf, databaseRetryAdvice } from './sql-state.ts';

describe('databaseErrorCodeOf', () => {
  it.each<[string, DatabaseErrorCode]>([
    ['23505', 'unique_violation'],
    ['23503', 'foreign_key_violation'],
    ['23502', 'not_null_violation'],
    ['23514', 'check_violation'],
    ['23P01', 'exclusion_violation'],
    ['40001', 'serialization_failure'],
    ['40P01', 'deadlock'],
    ['42601', 'syntax_error'],
    ['42P01', 'undefined_object'],
    ['42703', 'undefined_object'],
    ['42883', 'undefined_object'],
    ['3D000', 'undefined_object'],
    ['42501', 'insufficient_privilege'],
    ['53300', 'too_many_connections'],
    ['57014', 'query_canceled'],
    ['25006', 'read_only_transaction'],
    ['25P02', 'transaction_failed'],
    ['28P01', 'unauthenticated'],
    ['28000', 'unauthenticated'],
    ['08006', 'unavailable'],
    ['57P01', 'unavailable'],
    ['22P02', 'invalid_request'],
    ['42P05', 'conflict'],
    ['0A000', 'unsupported'],
    ['55P03', 'conflict'],
    ['99999', 'provider_error'],
    ['constructor', 'provider_error'],
  ])('reads %s as %s', (sqlState, code) => {
    expect(databaseErrorCodeOf(sqlState)).toBe(code);
  });
});

describe('databaseRetryAdvice', () => {
  it('allows a retry after a conflict, whenever it came', () => {
    for (const phase of ['connect', 'statement', 'commit'] as const) {
      expect(databaseRetryAdvice('serialization_failure', phase)).toBe('transient');
      expect(databaseRetryAdvice('deadlock', phase)).toBe('transient');
    }
  });

  it('allows a retry of a lost connection only where nothing was sent', () => {
    for (const code of ['unavailable', 'too_many_connections'] as const) {
      expect(databaseRetryAdvice(code, 'connect')).toBe('transient');
      expect(databaseRetryAdvice(code, 'statement')).toBe('never');
      expect(databaseRetryAdvice(code, 'commit')).toBe('never');
    }
  });

  it('allows no retry of anything else', () => {
    for (const code of ['unique_violation', 'unauthenticated', 'outcome_unknown', 'query_canceled'] as const) {
      expect(databaseRetryAdvice(code, 'connect')).toBe('never');
    }
  });
});

describe('databaseErrorFromSqlState', () => {
  it('carries the place and the state, and names them in the message', () => {
    const error = databaseErrorFromSqlState({
      sqlState: '23505',
      constraint: 'users_pkey',
      schema: 'public',
      table: 'users',
    });
    expect(error).toMatchObject({
      code: 'unique_violation',
      sqlState: '23505',
      providerCode: '23505',
      constraint: 'users_pkey',
      schema: 'public',
      table: 'users',
    });
    expect(error.message).toBe(
      'unique_violation: a row with the same key exists already (constraint "users_pkey", table "users", SQLSTATE 23505)',
    );
    expect(Object.keys(error)).not.toContain('column');
  });

  it('repeats what the server said where that names objects only', () => {
    const error = databaseErrorFromSqlState({
      sqlState: '42P01',
      message: 'relation "x" does not exist',
      position: 15,
    });
    expect(error.message).toBe('undefined_object: relation "x" does not exist (character 15, SQLSTATE 42P01)');
  });

  it('reads the answer of a pooler to an unknown user as a failed login, but only while connecting', () => {
    const report = { sqlState: 'XX000', message: 'Tenant or user not found' };
    expect(databaseErrorFromSqlState(report, 'connect').code).toBe('unauthenticated');
    expect(databaseErrorFromSqlState(report).code).toBe('provider_error');
  });

  it.each([['22P02'], ['22003'], ['23505'], ['42601'], ['P0001'], ['XX000']])(
    'shows no value that the server quotes in an error of state %s, unless it is asked',
    (sqlState) => {
      const canary = createCanary(Number.parseInt(sqlState, 36));
      const error = databaseErrorFromSqlState({
        sqlState,
        message: `something about "${canary}"`,
        detail: `Key (email)=(${canary}) already exists.`,
        hint: canary,
        where: canary,
      });
      expect(findCanary(error, canary)).toEqual([]);
      expect(error.serverReport()).toMatchObject({ detail: expect.stringContaining(canary) });
    },
  );
});

describe('DatabaseError.is', () => {
  it('knows its own kind only', () => {
    expect(DatabaseError.is(new DatabaseError({ code: 'closed', message: 'closed' }))).toBe(true);
    expect(DatabaseError.is(new TypeError('closed'))).toBe(false);
    expect(DatabaseError.is({ code: 'closed' })).toBe(false);
    expect(DatabaseError.is(undefined)).toBe(false);
  });
});
