import type { ProjectManagementWorkItem } from './work-item.ts';

/** Something that happened to an item. Keep a default branch: kinds are added. */
export interface WorkItemEvent {
  readonly type: 'created' | 'updated' | 'deleted' | 'commented' | 'unknown';
  /** The provider's id of the event, the same over repeated deliveries. */
  readonly providerEventId: string;
  readonly itemId: string;
  /** The item afterwards, where the provider sends it. Absent: read it. */
  readonly item?: ProjectManagementWorkItem;
  /** True: the connection itself did it. Ignore such events where they would lead to another write. */
  readonly isOwn: boolean;
  readonly at: Date;
  /** The provider's name of the kind, where `type` is `unknown`. */
  readonly rawType?: string;
}
