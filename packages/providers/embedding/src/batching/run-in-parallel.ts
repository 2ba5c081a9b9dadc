/**
 * Runs jobs in their order, at most so many at a time, and waits for all that were started.
 *
 * @param run Must not reject. Returning false keeps jobs that were not started from being started.
 */
export async function runInParallel<Job>(
  jobs: readonly Job[],
  concurrency: number,
  run: (job: Job, index: number) => Promise<boolean>,
): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < jobs.length; index = next++) {
      const job = jobs[index];
      if (job !== undefined && !(await run(job, index))) next = jobs.length;
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, jobs.length) }, work));
}
