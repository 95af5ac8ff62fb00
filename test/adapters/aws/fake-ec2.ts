import { ec2Launcher } from '../../../functions/adapters/aws/ec2-launcher.ts';
import { runnerTags } from '../../../functions/domain/life/tags.ts';
import type { LaunchRequest } from '../../../functions/domain/ports.ts';
import { newestImageIds } from '../../../local/aws/ec2/catalogue.ts';
import type { LaunchPlace } from '../../../local/aws/ec2/launch.ts';
import { ec2Service } from '../../../local/aws/ec2/protocol.ts';
import { Fleet, type FleetOptions } from '../../../local/aws/ec2/state.ts';
import { now } from '../passing-time.ts';
import { fakeAws } from './fake-aws.ts';

export const deployment = 'a1b2c3d4';
export const life = 'rr_runner_1f_x86_64-1';
export const deadline = new Date(now.getTime() + 3_600_000);

export const place: LaunchPlace = {
  subnets: [
    { subnetId: 'subnet-a', availabilityZone: 'us-east-2a' },
    { subnetId: 'subnet-b', availabilityZone: 'us-east-2b' },
  ],
  securityGroupIds: ['sg-runners'],
};

export const tags = {
  deployment,
  life,
  label: 'rr_runner_1f',
  architecture: 'x86_64',
  round: 1,
  deadline,
  requestedBy: 'anonymous',
  registrationId: 7,
} as const;

/** A launch as the steps ask for it, to vary in a test. */
export const launchRequest: LaunchRequest = {
  clientToken: 'token-1',
  market: 'spot',
  pool: { instanceType: 'c5.9xlarge', availabilityZone: 'us-east-2a', subnetId: 'subnet-a' },
  imageId: newestImageIds.x86_64,
  userData: '#!/bin/bash\necho Größe\n',
  volumeGib: 64,
  nestedVirtualization: false,
  tags: runnerTags(tags),
};

/** EC2 alone, with a launcher to fill it. */
export const fakeEc2 = (options: Omit<FleetOptions, 'onState'> & { readonly place?: LaunchPlace } = {}) => {
  const fleet = new Fleet({ ...options, onState: () => undefined });
  const aws = fakeAws(ec2Service(fleet, options.place ?? place));
  const launcher = ec2Launcher(aws.connection, {
    securityGroupId: 'sg-runners',
    publicAddresses: true,
  });
  let launched = 0;
  return {
    ...aws,
    fleet,
    launcher,
    /** Launches instances that differ in their token, one after the other. */
    launch: async (...changes: readonly Partial<LaunchRequest>[]): Promise<readonly string[]> => {
      const ids: string[] = [];
      for (const change of changes) {
        launched += 1;
        const answer = await launcher.launch({
          ...launchRequest,
          clientToken: `launch-${launched}`,
          ...change,
        });
        if (answer.kind !== 'launched') throw new Error(`Not launched: ${answer.code}`);
        ids.push(answer.instanceId);
      }
      return ids;
    },
  };
};
