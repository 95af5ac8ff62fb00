import type { Clock } from '../ports.ts';
import type { Condition, Item, ItemChanger, ItemPutter } from '../table.ts';

/**
 * EC2 gives an account two RunInstances a second for long
 * (https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html). So each half second, counted since 1970, is
 * one turn, and who has it makes one call.
 */
const turnMs = 500;

/** `first` for a life that has never been all round the pools, `again` for one that seeks capacity once more. */
export type Lane = 'first' | 'again';

/** Every fourth turn may be one of `again`, and no other. */
const share = 4;

const key = { pk: 'turns', sk: 'launch' };

interface LaneRule {
  /** The lane's next turn. */
  readonly field: 'nextFirst' | 'nextAgain';
  /** From one turn of the lane to the next. */
  readonly step: number;
  /** The lane's earliest turn that is not before this one. */
  readonly notBefore: (turn: number) => number;
}

const lanes: Readonly<Record<Lane, LaneRule>> = {
  first: { field: 'nextFirst', step: 1, notBefore: (turn) => turn },
  again: {
    field: 'nextAgain',
    step: share,
    notBefore: (turn) => Math.ceil((turn + 1) / share) * share - 1,
  },
};

export interface TurnPorts {
  readonly table: ItemChanger & ItemPutter;
  readonly clock: Clock;
}

/** Others can be quicker, and somebody's hand can have written anything. */
const maximumTries = 8;

/** Room for turns of lives that ended before they had them, beside one for each that may be live. */
const queueLength = (liveRunnerCap: number): number => 2 * liveRunnerCap + 120;

const nextOf = (item: Item, { field }: LaneRule): number => Math.floor(Number(item[field]));

/** A turn of the other lane: every fourth one that `again` has given away, and for `again` all that `first` has. */
const isTaken = (lane: Lane, turn: number, item: Item, latest: number): boolean => {
  if (lane === 'again') return turn < nextOf(item, lanes.first) && nextOf(item, lanes.first) <= latest;
  const nextAgain = nextOf(item, lanes.again);
  return turn === lanes.again.notBefore(turn) && turn < nextAgain && nextAgain <= latest;
};

const momentOf = (turn: number): Date => new Date(turn * turnMs);

/**
 * Takes the lane's next turn: no two lives get the same one, the moment does not lie in the past, and `again` gets every
 * fourth at most, behind those that have asked for the first time. Each turn is one atomic write, whoever else takes one
 * meanwhile. Turns that lie further ahead than the queue can be long, or that are none, begin anew. A repeat after a lost
 * answer leaves a turn unused. Throws AwsUnavailable or AwsRefused.
 */
export const nextTurn = async (
  { table, clock }: TurnPorts,
  lane: Lane,
  liveRunnerCap: number,
): Promise<Date> => {
  const rule = lanes[lane];
  const { field, step } = rule;
  const now = Math.ceil(clock().getTime() / turnMs);
  const latest = now + share * queueLength(liveRunnerCap);
  let from = rule.notBefore(now);
  for (let tries = 0; tries < maximumTries; tries += 1) {
    const added = await table.change(key, { add: { [field]: step } }, [{ [field]: { above: from - 1 } }]);
    const isTooFar = added !== undefined && nextOf(added, rule) > latest;
    const anew: Condition = [
      { [field]: 'absent' },
      { [field]: { below: from } },
      { [field]: { above: latest } },
    ];
    const item =
      added === undefined || isTooFar
        ? await table.change(key, { set: { [field]: from + step } }, anew)
        : added;
    if (item === undefined) continue;
    const turn = nextOf(item, rule) - step;
    if (!isTaken(lane, turn, item, latest)) return momentOf(turn);
    if (lane === 'again') from = rule.notBefore(nextOf(item, lanes.first));
  }
  await table.put({ ...key, [field]: from + step });
  return momentOf(from);
};
