import type { Clock } from '../ports.ts';
import type { ItemKey, ItemPutter, ItemReader } from '../table.ts';
import type { JobEvent } from './job-event.ts';

/**
 * What deliveries were about that have had their effect: a signature does not cover a delivery's id, so they are known
 * by the job, the attempt and the action.
 */
export interface DeliveryMemory {
  isKnown(event: JobEvent): Promise<boolean>;
  /** After the effect, so that a delivery which failed halfway acts when it comes again. */
  remember(event: JobEvent): Promise<void>;
}

/** GitHub keeps deliveries for three days, in which they can be sent again. */
const keptSeconds = 4 * 86_400;

const keyOf = ({ jobId, attempt, action }: JobEvent): ItemKey => ({
  pk: `delivery#${jobId}`,
  sk: `${attempt}#${action}`,
});

/** The memory in the table. Throws AwsUnavailable or AwsRefused. */
export const deliveryMemory = (table: ItemReader & ItemPutter, clock: Clock): DeliveryMemory => ({
  isKnown: async (event) => (await table.read(keyOf(event))) !== undefined,
  remember: async (event) => {
    const ttl = Math.floor(clock().getTime() / 1_000) + keptSeconds;
    await table.put({ ...keyOf(event), ttl });
  },
});
