import type { LocalCloud } from '../../local/local-cloud.ts';

/**
 * What others have in the same account and organisation: a person's machine and runner, and another
 * deployment's life under a name that this one uses too.
 */
export interface Bystanders {
  /** What is not as it was. */
  missing(): readonly string[];
}

const machine = (tags: Readonly<Record<string, string>>, token: string) => ({
  imageId: 'ami-0000000000000a900',
  instanceType: 'c5.9xlarge',
  subnetId: 'subnet-of-a-person',
  availabilityZone: 'us-east-2a',
  market: 'on-demand' as const,
  tags,
  userData: '',
  clientToken: token,
  request: {},
});

const tagsOf = (deployment: string, life: string, deadline: string) => ({
  'stint:deployment': deployment,
  'stint:life': life,
  'stint:architecture': 'x86_64',
  'stint:round': '1',
  'stint:deadline': deadline,
  'stint:registration-id': '101',
});

/** Puts them there; `life` is the name of a life that the world will have. */
export const placeBystanders = (
  { fleet, github }: Pick<LocalCloud, 'fleet' | 'github'>,
  deployment: string,
  life: string,
): Bystanders => {
  const past = new Date(Date.now() - 86_400_000).toISOString();
  const instances = [
    fleet.launch(machine({ Name: 'somebody' }, 'somebody')),
    fleet.launch(machine(tagsOf('other001', life, past), 'other')),
    fleet.launch(machine({ 'stint:deployment': deployment, Name: 'half tagged' }, 'half')),
  ];
  const names = ['somebodys-laptop', `${life}-1-other001`, `other-life-1-${deployment}`];
  for (const name of names) github.register(name, ['self-hosted']);
  return {
    missing: () => [
      ...instances
        .filter(({ endedAt }) => endedAt !== undefined)
        .map(({ tags }) => tags['Name'] ?? 'other001'),
      ...names.filter((name) => {
        const runner = github.runners.find((known) => known.name === name);
        return runner?.labels.join() !== 'self-hosted';
      }),
    ],
  };
};
