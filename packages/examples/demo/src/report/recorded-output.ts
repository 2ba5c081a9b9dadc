/** Everything that this process printed, by whichever way it went. */
export interface RecordedOutput {
  text(): string;
}

/** Listens in on streams, so that at the end all that was printed can be searched for secrets. */
export function recordOutput(streams: readonly NodeJS.WriteStream[]): RecordedOutput {
  const printed: string[] = [];
  for (const stream of streams) {
    const write = stream.write.bind(stream);
    stream.write = (...args: Parameters<typeof write>): boolean => {
      const [chunk] = args;
      printed.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
      return write(...args);
    };
  }
  return { text: () => printed.join('') };
}
