import type { Writable } from 'node:stream';

/** Everything that this process printed, by whichever way it went. */
export interface RecordedOutput {
  text(): string;
}

/** Listens in on streams, so that at the end all that was printed can be searched for secrets. */
export function recordOutput(streams: readonly Writable[]): RecordedOutput {
  const printed: string[] = [];
  for (const stream of streams) {
    const write = stream.write.bind(stream);
    stream.write = (chunk: unknown, ...rest: readonly unknown[]): boolean => {
      printed.push(
        typeof chunk === 'string' ? chunk : Buffer.from(chunk instanceof Uint8Array ? chunk : []).toString(),
      );
      return Boolean(Reflect.apply(write, stream, [chunk, ...rest]));
    };
  }
  return { text: () => printed.join('') };
}
