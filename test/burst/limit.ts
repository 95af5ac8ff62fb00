/** A ration that every launch uses, as a bucket that is full at first. */
export interface LaunchRation {
  readonly name: string;
  readonly size: number;
  readonly refillPerSecond: number;
  /** What one launch takes of it. */
  readonly cost: number;
}

/**
 * What no design can go round: one RunInstances for each launch
 * (https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html), and at GitHub one `generate-jitconfig`,
 * which takes 5 of the minute's points and 1 of the hour's requests
 * (https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api). A runner's configuration is no
 * content that others see, so the limits on creating content do not apply.
 */
export const launchRations: readonly LaunchRation[] = [
  { name: 'RunInstances', size: 5, refillPerSecond: 2, cost: 1 },
  { name: "GitHub's minute", size: 900, refillPerSecond: 900 / 60, cost: 5 },
  { name: "GitHub's hour", size: 5_000, refillPerSecond: 5_000 / 3_600, cost: 1 },
];

/** The earliest second at which the ration allows the launch with this index, the first being 0. */
const earliestSeconds = ({ size, refillPerSecond, cost }: LaunchRation, index: number): number =>
  Math.max(0, ((index + 1) * cost - size) / refillPerSecond);

export interface Limit {
  /** The second before which the last runner cannot be ready. */
  readonly seconds: number;
  /** The ration that decides it; `boot` when none does. */
  readonly binding: string;
}

/**
 * The latest, over all runners, of the earliest moment that the rations allow its launch plus its own boot.
 * `bootSeconds` are those of the runners in the order of their launches, from launch to online.
 */
export const limitOf = (bootSeconds: readonly number[], rations = launchRations): Limit => {
  let limit: Limit = { seconds: 0, binding: 'boot' };
  for (const [index, boot] of bootSeconds.entries())
    for (const ration of rations) {
      const launch = earliestSeconds(ration, index);
      if (launch + boot > limit.seconds)
        limit = { seconds: launch + boot, binding: launch === 0 ? 'boot' : ration.name };
    }
  return limit;
};
