import { runningInvocation } from '../../local/aws/lambda/invocation.ts';
import type { CloudWatcher } from '../../local/cloud-options.ts';
import type { RecordedCall } from '../../local/wire/front-door.ts';
import { lifeTag, type WorldRecord } from './world-record.ts';

export interface WorldWatcherOptions {
  readonly record: WorldRecord;
  /** The stems of the functions' files, by the functions' names. */
  readonly stems: ReadonlyMap<string, string>;
  readonly onCall?: (recorded: RecordedCall, life: string | undefined) => void;
}

const longestCause = 160;

/** Without a destroy's reason and count. */
const lifeOfExecution = (name: string): string => name.replace(/-[a-z]+-\d+$/, '');

/** Writes down what the cloud does. */
export const worldWatcher = ({ record, stems, onCall }: WorldWatcherOptions): CloudWatcher => ({
  onInstance: (instance) => {
    record.instances.add(instance);
    const { id, state, market, stateReason, tags } = instance;
    const life = tags[lifeTag];
    const why = stateReason === undefined ? '' : `: ${stateReason}`;
    record.tell({
      party: 'ec2',
      what: `${id} (${market}) is ${state}${why}`,
      ...(life === undefined ? {} : { life }),
    });
  },
  onCall: (recorded) => {
    if (!record.isWatched && onCall === undefined) return;
    const present = record.presentLife();
    onCall?.(recorded, present.life);
    const { call, status, fault } = recorded;
    record.tell({
      party: stems.get(runningInvocation()?.name ?? '') ?? call.caller,
      what: `${call.service} ${call.operation} → ${status ?? fault}`,
      ...present,
    });
  },
  onStateEvent: ({ name, stateMachine }, { type, state, error, cause }) => {
    if (!record.isWatched || !/Entered$|^Execution|Failed$|TimedOut$/.test(type)) return;
    const words = [`${name}:`, state ?? type, error, cause?.slice(0, longestCause)];
    record.tell({
      party: stateMachine,
      what: words.filter((word) => word !== undefined).join(' '),
      life: lifeOfExecution(name),
    });
  },
  onDeadLetter: (queue) => record.tell({ party: 'dead letter', what: queue ?? 'no queue' }),
});
