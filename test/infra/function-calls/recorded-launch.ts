import { ec2Launcher } from '../../../functions/adapters/aws/ec2-launcher.ts';
import { runnerTags } from '../../../functions/domain/life/tags.ts';
import type { Market } from '../../../functions/domain/ports.ts';
import { newestImageIds } from '../../../local/aws/ec2/catalogue.ts';
import { ec2Service } from '../../../local/aws/ec2/protocol.ts';
import { Fleet } from '../../../local/aws/ec2/state.ts';
import type { Stack } from '../../../local/template/stack.ts';
import type { CloudCall } from '../../../local/wire/wire.ts';
import { fakeAws } from '../../adapters/aws/fake-aws.ts';

type Parameters = CloudCall['parameters'];

export const deployment = 'local000';

const tags = runnerTags({
  deployment,
  life: 'rr_runner_1f_x86_64-1',
  label: 'rr_runner_1f',
  architecture: 'x86_64',
  round: 1,
  deadline: new Date('2026-03-01T11:00:00Z'),
  requestedBy: 'anonymous',
  registrationId: 7,
});

/** What the launch functions put on the wire, with the stack's own network. */
export const recordedLaunch = async (stack: Stack, market: Market): Promise<Parameters> => {
  const [subnet = { subnetId: '', availabilityZone: '' }] = stack.subnets;
  const aws = fakeAws(ec2Service(new Fleet({ onState: () => undefined }), stack));
  const settings = {
    securityGroupId: stack.securityGroupIds[0] ?? '',
    publicAddresses: true,
  };
  const answer = await ec2Launcher(aws.connection, settings).launch({
    clientToken: 'token',
    market,
    pool: { instanceType: 'c5.9xlarge', ...subnet },
    imageId: newestImageIds.x86_64,
    userData: '#!/bin/bash\n',
    volumeGib: 30,
    nestedVirtualization: false,
    tags,
  });
  const [parameters] = aws.asked('RunInstances');
  if (parameters === undefined || answer.kind !== 'launched') throw new Error('Nothing was launched');
  return parameters;
};

/** The parameters with another value at a path such as `MetadataOptions.HttpTokens`; without it when there is none. */
export const changed = (parameters: Parameters, path: string, value?: unknown): Parameters => {
  const [key = '', ...rest] = path.split('.');
  const { [key]: old, ...others } = parameters;
  if (rest.length > 0) return { ...others, [key]: changed((old ?? {}) as Parameters, rest.join('.'), value) };
  return value === undefined ? others : { ...others, [key]: value };
};
