import { describe, expect, it } from 'vitest';
import { connectionOf, specOf } from '../__fixtures__/example.ts';
import { hostOf } from './host-of.ts';
import { HostQueue } from './host-queue.ts';

function takeAll(queue: HostQueue<string>, nowMs = 0): string[] {
  const jobs: string[] = [];
  for (let next = queue.take(nowMs); typeof next === 'object'; next = queue.take(nowMs)) jobs.push(next.job);
  return jobs;
}

describe('HostQueue', () => {
  it('takes turns between hosts, and no more of one than it may have', () => {
    const queue = new HostQueue<string>({ maxInFlight: 2 }, () => 0);
    for (const job of ['a1', 'a2', 'a3', 'b1', 'b2']) queue.add(job.charAt(0), job);
    expect(takeAll(queue)).toEqual(['a1', 'b1', 'a2', 'b2']);
    expect(queue.take(0)).toBeUndefined();
    queue.release('a', 0);
    expect(takeAll(queue)).toEqual(['a3']);
    expect(queue.waiting).toBe(0);
  });

  it('leaves time between the starts at one host, with jitter, and says how long', () => {
    const queue = new HostQueue<string>({ spacingMs: 100, jitterMs: 50 }, () => 0.5);
    for (const job of ['a1', 'a2', 'b1']) queue.add(job.charAt(0), job);
    expect(takeAll(queue)).toEqual(['a1', 'b1']);
    expect(queue.take(0)).toBe(125);
    expect(queue.take(100)).toBe(25);
    expect(takeAll(queue, 125)).toEqual(['a2']);
  });

  it('forgets hosts that have nothing to do', () => {
    const queue = new HostQueue<string>({ spacingMs: 10 }, () => 0);
    for (let index = 0; index < 5000; index += 1) {
      queue.add(`h${index}`, 'job');
      expect(queue.take(index * 100)).toMatchObject({ name: `h${index}` });
      queue.release(`h${index}`, index * 100 + 5);
    }
    expect(queue.hosts).toBeLessThan(1500);
  });
});

describe('hostOf', () => {
  it('is the host that a check goes to', () => {
    expect(hostOf(specOf(), connectionOf())).toBe('api.example.com');
    const open = specOf({}, { baseUrl: 'https://{account}.example.com:8443/v1' });
    expect(hostOf(open, connectionOf('c', { config: { account: 'Acme' } }))).toBe('acme.example.com:8443');
    expect(hostOf(specOf({ healthCheck: { request: { path: 'https://id.example.com/me' } } }), connectionOf())).toBe(
      'id.example.com',
    );
    expect(hostOf(specOf({ transports: [{ type: 'sdk', packageName: 'pg' }], healthCheck: {} }), connectionOf())).toBe(
      'crm.example',
    );
  });
});
