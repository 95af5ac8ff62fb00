import type { Config } from '../../infra/config.ts';
import { failed, passed, type Verdict, warning } from '../finding.ts';
import type { StageThrottle } from '../stage-throttle.ts';
import type { Check } from './check.ts';

export interface AdmissionPorts {
  /** The switch's position. */
  readonly position: () => Promise<string | undefined>;
  readonly throttle: Pick<StageThrottle, 'bursts'>;
}

const judgeSwitch = (position: string | undefined, parameter: string, { region }: Config): Verdict => {
  if (position?.trim().toLowerCase() === 'open') return passed('open');
  return warning(
    position === undefined
      ? 'the switch is gone'
      : `the switch is at "${position}", so every request is refused`,
    `To open: aws ssm put-parameter --name ${parameter} --value open --overwrite --region ${region}`,
  );
};

const judgeThrottle = (bursts: readonly number[]): readonly Verdict[] =>
  bursts.some((burst) => burst > 0)
    ? []
    : [
        failed(
          'the endpoint lets no request through: its throttle is zero, as npm run remove leaves it',
          'Go on with npm run remove; or, to keep the stack, npm run deploy with another value of requestsPerSecond.',
        ),
      ];

/** Whether anybody can get a runner: `npm run remove` and operators close the door in two ways. */
export const admissionCheck = (
  config: Config,
  parameter: string,
  { position, throttle }: AdmissionPorts,
): Check => ({
  subject: 'Admission',
  look: async () => [
    judgeSwitch(await position(), parameter, config),
    ...judgeThrottle((await throttle.bursts()) ?? []),
  ],
});
