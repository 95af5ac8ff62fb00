/** The two architectures of GitHub's runner that EC2 sells, in EC2's words. */
export const architectures = ['x86_64', 'arm64'] as const;

export type Architecture = (typeof architectures)[number];

/** Whether `value` is one of {@link architectures}. */
export const isArchitecture = (value: unknown): value is Architecture =>
  architectures.some((architecture) => architecture === value);

/** The label by which a job asks for the architecture, beside the label of its run. */
export const architectureLabel = (architecture: Architecture): string => `arch_${architecture}`;

const runnerArchitectures = { x86_64: 'x64', arm64: 'arm64' } as const;

/** GitHub's own word for the architecture, as in its list of runner downloads. */
export const runnerArchitecture = (architecture: Architecture): 'x64' | 'arm64' =>
  runnerArchitectures[architecture];
