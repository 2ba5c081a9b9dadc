import type { AwsCall } from '../client/aws-call.ts';

/**
 * A staging label that keeps a version readable: AWS removes versions without labels, and a version loses
 * `AWSPREVIOUS` with the write after the next. The label says when it has served its purpose.
 */
const LABEL = /^mortise-overlap-(\d{1,15})-/;

/** The label for one version; a label sits on one version at a time, so each version has its own. */
function overlapLabel(version: string, untilMs: number): string {
  return `mortise-overlap-${Math.ceil(untilMs)}-${version}`;
}

/** Until when a label keeps its version, in epoch milliseconds; `undefined` for a label that is none of these. */
function overlapEnd(label: string): number | undefined {
  const end = LABEL.exec(label)?.[1];
  return end === undefined ? undefined : Number(end);
}

/** Keeps a version until then, and takes off the labels that have served their purpose. */
export async function keepVersion(call: AwsCall, version: string, untilMs: number, nowMs: number): Promise<void> {
  const held = await listOverlaps(call);
  // First, because AWS allows 20 labels on all versions of a secret together.
  for (const { label, holder, endMs } of held) {
    if (endMs <= nowMs) await moveLabel(call, { label, from: holder });
  }
  const mine = held.filter(({ holder, endMs }) => holder === version && endMs > nowMs);
  if (mine.some(({ endMs }) => endMs >= untilMs)) return;
  await moveLabel(call, { label: overlapLabel(version, untilMs), to: version });
  for (const { label } of mine) await moveLabel(call, { label, from: version });
}

/** Moves a staging label from one version to another, or puts it on, or takes it off. */
export async function moveLabel(
  call: AwsCall,
  { label, from, to }: { label: string; from?: string; to?: string },
): Promise<void> {
  await call.request('write', ({ client, sdk }, options) =>
    client.send(
      new sdk.UpdateSecretVersionStageCommand({
        SecretId: call.secretId,
        VersionStage: label,
        ...(from === undefined ? {} : { RemoveFromVersionId: from }),
        ...(to === undefined ? {} : { MoveToVersionId: to }),
      }),
      options,
    ),
  );
}

interface Overlap {
  readonly label: string;
  readonly holder: string;
  readonly endMs: number;
}

async function listOverlaps(call: AwsCall): Promise<Overlap[]> {
  const { VersionIdsToStages: stagesOf = {} } = await call.request('read', ({ client, sdk }, options) =>
    client.send(new sdk.DescribeSecretCommand({ SecretId: call.secretId }), options),
  );
  const overlaps: Overlap[] = [];
  for (const [holder, labels] of Object.entries(stagesOf)) {
    for (const label of labels) {
      const endMs = overlapEnd(label);
      if (endMs !== undefined) overlaps.push({ label, holder, endMs });
    }
  }
  return overlaps;
}
